package dev.sluice.containers;

import dev.sluice.testing.Jvm;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.util.HashMap;
import java.util.Map;

/**
 * The containers of this run, each started when a test first asks for it and shared by all.
 *
 * <pre>{@code
 * @ExtendWith(Containers.Shared.class)
 * class SomethingIT {
 *     @Promised(Promise.PATHS)
 *     void works(Container container, Containers containers) { ... }
 * }
 * }</pre>
 */
final class Containers implements AutoCloseable {

    private final Map<String, RunningContainer> running = new HashMap<>();

    private Containers() {}

    RunningContainer running(Container container) {
        return running(container, Jvm.OF_THE_BUILD);
    }

    synchronized RunningContainer running(Container container, Jvm jvm) {
        return running.computeIfAbsent(container + " " + jvm, absent -> RunningContainer.start(container, jvm));
    }

    @Override
    public synchronized void close() {
        running.values().forEach(RunningContainer::close);
    }

    /** Gives tests the one {@link Containers} of their JVM. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Containers.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(Containers.class))
                    .computeIfAbsent(Containers.class, type -> new Containers(), Containers.class);
        }
    }
}

package dev.sluice.containers;

import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.util.EnumMap;
import java.util.Map;

/**
 * The containers of this run, each started when a test first asks for it and shared by all; one Redis serves them.
 *
 * <pre>{@code
 * @ExtendWith(Containers.Shared.class)
 * class SomethingIT {
 *     @ParameterizedTest
 *     @EnumSource
 *     void works(Container container, Containers containers) { ... }
 * }
 * }</pre>
 */
final class Containers implements AutoCloseable {

    private final RedisServer redis = RedisServer.start();
    private final Map<Container, RunningContainer> running = new EnumMap<>(Container.class);

    private Containers() {}

    synchronized RunningContainer running(Container container) {
        return running.computeIfAbsent(container, absent -> RunningContainer.start(absent, redis));
    }

    @Override
    public synchronized void close() {
        running.values().forEach(RunningContainer::close);
        redis.close();
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

package dev.sluice.testing;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link RedisServer} of their JVM, emptied before each test. Who freezes, stops or configures a server starts one
 * of his own.
 *
 * <pre>{@code
 * @ExtendWith(SharedRedis.class)
 * class SomethingIT {
 *     @Test
 *     void startsEmpty(RedisServer server) { ... }
 * }
 * }</pre>
 */
public final class SharedRedis implements ParameterResolver, BeforeEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
        server(context).client().flushAll();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RedisServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server(context);
    }

    /** The root store belongs to the whole run and closes what it holds at its end. */
    private static RedisServer server(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedRedis.class))
                .computeIfAbsent(RedisServer.class, type -> RedisServer.start(), RedisServer.class);
    }
}

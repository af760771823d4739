package dev.sluice.config;

import org.eclipse.microprofile.config.Config;

/**
 * Makes a {@code Config} the one of a class loader. By reflection, because the class file of {@code ConfigProviderResolver}
 * has an annotation that is nowhere to be found, and that is a compiler warning.
 */
final class Registration {

    private Registration() {}

    static void replace(Config config, ClassLoader application) {
        try {
            Class<?> type = Class.forName("org.eclipse.microprofile.config.spi.ConfigProviderResolver");
            Object resolver = type.getMethod("instance").invoke(null);
            Object present = type.getMethod("getConfig", ClassLoader.class).invoke(resolver, application);
            type.getMethod("releaseConfig", Config.class).invoke(resolver, present);
            type.getMethod("registerConfig", Config.class, ClassLoader.class).invoke(resolver, config, application);
        } catch (ReflectiveOperationException changed) {
            throw new AssertionError(changed);
        }
    }
}

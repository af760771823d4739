package dev.sluice.testing;

import redis.embedded.RedisExecProvider;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Which redis-server the tests run: what the system property {@code redis.exe} names, else the one of embedded-redis. */
final class RedisExecutable {

    private RedisExecutable() {}

    static String path() {
        String named = System.getProperty("redis.exe", "");
        return named.isBlank() ? Embedded.PATH : named;
    }

    /** Unpacked once for each JVM, and only when asked for. */
    private static final class Embedded {

        static final String PATH = unpack();

        private static String unpack() {
            try {
                return RedisExecProvider.defaultProvider().get().getPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

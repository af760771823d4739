package dev.sluice.store.redis;

import dev.sluice.testing.RedisServer;

import java.time.Duration;
import java.util.Optional;

/** Settings for a server of a test. The deadline is long: most tests are about answers, not about time. */
public final class TestSettings {

    private static final Duration PATIENT = Duration.ofSeconds(5);

    private TestSettings() {}

    public static RedisSettings of(RedisServer server) {
        return new RedisSettings(address(server), false, 0, Optional.empty(), Optional.empty(), PATIENT);
    }

    public static RedisSettings of(RedisServer server, String username, String password) {
        return new RedisSettings(address(server), false, 0, Optional.of(username), Optional.of(password), PATIENT);
    }

    private static RedisAddress address(RedisServer server) {
        return new RedisAddress("127.0.0.1", server.port());
    }
}

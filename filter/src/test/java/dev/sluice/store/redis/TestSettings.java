package dev.sluice.store.redis;

import dev.sluice.testing.Loopback;
import dev.sluice.testing.RedisServer;

import java.time.Duration;
import java.util.Optional;

/** Settings for a server of a test. The deadline is long: most tests are about answers, not about time. */
public final class TestSettings {

    private static final Duration PATIENT = Duration.ofSeconds(5);

    private TestSettings() {}

    public static RedisSettings of(RedisServer server) {
        return at(server.port(), PATIENT);
    }

    public static RedisSettings of(RedisServer server, String username, String password) {
        return at(server.port(), username, password, PATIENT);
    }

    /** For tests about time: a port of this machine, and a deadline. */
    public static RedisSettings at(int port, Duration deadline) {
        return new RedisSettings(address(port), false, 0, Optional.empty(), Optional.empty(), deadline, 10_000);
    }

    public static RedisSettings at(int port, String username, String password, Duration deadline) {
        return new RedisSettings(
                address(port), false, 0, Optional.of(username), Optional.of(password), deadline, 10_000);
    }

    private static RedisAddress address(int port) {
        return new RedisAddress(Loopback.HOST, port);
    }
}

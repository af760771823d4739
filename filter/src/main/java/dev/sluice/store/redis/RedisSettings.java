package dev.sluice.store.redis;

import java.time.Duration;
import java.util.Optional;

/**
 * How Redis is reached. Immutable; its text shows no secret.
 *
 * @param address where it listens
 * @param tls whether the connection is encrypted and the server's certificate checked ({@code rediss://})
 * @param database the number given to {@code SELECT}, at least 0
 * @param username the ACL user; only together with a password
 * @param password for {@code AUTH}
 * @param deadline the longest that a decision may take, more than zero
 */
public record RedisSettings(
        RedisAddress address,
        boolean tls,
        int database,
        Optional<String> username,
        Optional<String> password,
        Duration deadline) {

    public RedisSettings {
        if (database < 0) {
            throw new IllegalArgumentException("database must be at least 0, was " + database);
        }
        if (username.isPresent() && password.isEmpty()) {
            throw new IllegalArgumentException("a username needs a password");
        }
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("deadline must be more than zero, was " + deadline);
        }
    }

    /** {@code rediss://app:****@redis.internal:6379/2}. */
    @Override
    public String toString() {
        String credentials = password.isPresent() ? username.map(user -> "****").orElse("") + ":****@" : "";
        return (tls ? "rediss://" : "redis://") + credentials + address + "/" + database;
    }
}

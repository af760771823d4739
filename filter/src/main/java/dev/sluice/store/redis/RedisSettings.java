package dev.sluice.store.redis;

import org.jspecify.annotations.Nullable;

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
 * @param maxWaiting how many requests may wait for a decision at once, 1 to {@value #MOST_MAX_WAITING}
 */
public record RedisSettings(
        RedisAddress address,
        boolean tls,
        int database,
        Optional<String> username,
        Optional<String> password,
        Duration deadline,
        int maxWaiting) {

    /** The bound of {@code maxWaiting}. */
    public static final int MOST_MAX_WAITING = 1_000_000;

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
        if (maxWaiting < 1 || maxWaiting > MOST_MAX_WAITING) {
            throw new IllegalArgumentException(
                    "maxWaiting must be from 1 to " + MOST_MAX_WAITING + ", was " + maxWaiting);
        }
    }

    /** {@code rediss://app:****@redis.internal:6379/2}. */
    @Override
    public String toString() {
        String credentials = password.isPresent() ? username.map(user -> "****").orElse("") + ":****@" : "";
        return (tls ? "rediss://" : "redis://") + credentials + address + "/" + database;
    }

    // Written out: the generated one would keep the application's class loader alive (JDK 17, ObjectMethods).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RedisSettings that
                && address.equals(that.address)
                && tls == that.tls
                && database == that.database
                && username.equals(that.username)
                && password.equals(that.password)
                && deadline.equals(that.deadline)
                && maxWaiting == that.maxWaiting;
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }
}

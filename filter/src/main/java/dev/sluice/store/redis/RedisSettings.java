package dev.sluice.store.redis;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/**
 * How Redis is reached. Immutable; its text shows no secret.
 *
 * @param topology where it listens, and what stands there
 * @param encrypted whether connections to Redis are encrypted ({@code rediss://})
 * @param tls how, where they are
 * @param credentials for {@code AUTH}
 * @param deadline the longest that a decision may take, more than zero
 * @param maxWaiting how many requests may wait for a decision at once, 1 to {@value #MOST_MAX_WAITING}
 */
public record RedisSettings(
        Topology topology,
        boolean encrypted,
        TlsSettings tls,
        Optional<Credentials> credentials,
        Duration deadline,
        int maxWaiting) {

    /** The bound of {@code maxWaiting}. */
    public static final int MOST_MAX_WAITING = 1_000_000;

    public RedisSettings {
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("deadline must be more than zero, was " + deadline);
        }
        if (maxWaiting < 1 || maxWaiting > MOST_MAX_WAITING) {
            throw new IllegalArgumentException(
                    "maxWaiting must be from 1 to " + MOST_MAX_WAITING + ", was " + maxWaiting);
        }
    }

    /** One server by itself, reached as any of them is, and with a deadline of its own. */
    public RedisSettings of(Topology.Standalone server, Duration itsDeadline) {
        return new RedisSettings(server, encrypted, tls, credentials, itsDeadline, maxWaiting);
    }

    /** {@code rediss://****:****@redis.internal:6379/2}. */
    @Override
    public String toString() {
        return (encrypted ? "rediss://" : "redis://")
                + credentials.map(each -> each + "@").orElse("")
                + topology;
    }

    // Written out: the generated one would keep the application's class loader alive (JDK 17, ObjectMethods).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RedisSettings that
                && topology.equals(that.topology)
                && encrypted == that.encrypted
                && tls.equals(that.tls)
                && credentials.equals(that.credentials)
                && deadline.equals(that.deadline)
                && maxWaiting == that.maxWaiting;
    }

    @Override
    public int hashCode() {
        return topology.hashCode();
    }
}

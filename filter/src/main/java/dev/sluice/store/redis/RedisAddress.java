package dev.sluice.store.redis;

import org.jspecify.annotations.Nullable;

/**
 * Where a Redis server listens. Immutable.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record RedisAddress(String host, int port) {

    /** The port of Redis where none is said. */
    public static final int DEFAULT_PORT = 6379;

    public RedisAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 1 to 65535, was " + port);
        }
    }

    /** As one writes it: {@code redis.internal:6379}, {@code [2001:db8::1]:6379}. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    // Written out: the generated one would keep the application's class loader alive (JDK 17, ObjectMethods).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RedisAddress address && host.equals(address.host) && port == address.port;
    }

    @Override
    public int hashCode() {
        return host.hashCode() * 31 + port;
    }
}

package dev.sluice.store.redis;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisException;

import java.time.Duration;

/** Connects lines as the settings say: the place to find the master of a Sentinel, or the node of a slot. Immutable. */
final class Connector {

    /** A handshake is more than a call: TLS, and a password that Redis hashes. */
    private static final int SHORTEST_STEP_MILLIS = 100;

    /** All steps together, in the time of one: a peer that drips is not worth more. */
    private static final int STEPS = 2;

    private final JedisSocketFactory sockets;
    private final DefaultJedisClientConfig config;
    private final Duration patience;

    /** To the single server of these settings. */
    Connector(RedisSettings settings) {
        this(settings, server(settings).address(), server(settings).database());
    }

    Connector(RedisSettings settings, RedisAddress address, int database) {
        Duration step = Duration.ofMillis(
                Math.max(SHORTEST_STEP_MILLIS, settings.deadline().toMillis()));
        this.patience = step.multipliedBy(STEPS);
        this.config = config(settings, database, (int) step.toMillis());
        this.sockets = new DefaultJedisSocketFactory(new HostAndPort(address.host(), address.port()), config);
    }

    /**
     * Connects and authenticates a line.
     *
     * @throws JedisException if there is none to be had
     */
    void connect(Line line) {
        line.connect(sockets, config, System.nanoTime() + patience.toNanos());
    }

    private static Topology.Standalone server(RedisSettings settings) {
        if (settings.topology() instanceof Topology.Standalone server) {
            return server;
        }
        throw new IllegalArgumentException("not a single server: " + settings.topology());
    }

    /** RESP2 needs no HELLO: one round trip less, and one permission. */
    private static DefaultJedisClientConfig config(RedisSettings settings, int database, int stepMillis) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .resp2()
                .autoNegotiateProtocol(false)
                .clientName("sluice")
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .connectionTimeoutMillis(stepMillis)
                .socketTimeoutMillis(stepMillis)
                .database(database);
        if (settings.encrypted()) {
            config.sslOptions(
                    SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        settings.credentials().ifPresent(each -> {
            each.username().ifPresent(config::user);
            config.password(each.password());
        });
        return config.build();
    }
}

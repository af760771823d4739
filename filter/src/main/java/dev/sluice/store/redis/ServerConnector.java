package dev.sluice.store.redis;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;

import java.time.Duration;
import java.util.Optional;

/** Connects lines to one server as the settings say. Immutable. */
final class ServerConnector implements Connector {

    /** A handshake is more than a call: a password that Redis hashes. */
    private static final int SHORTEST_STEP_MILLIS = 100;

    /** TLS is more still. */
    private static final int SHORTEST_TLS_STEP_MILLIS = 300;

    /** All steps together, in the time of one: a peer that drips is not worth more. */
    private static final int STEPS = 2;

    private final Sockets sockets;
    private final DefaultJedisClientConfig config;
    private final Duration patience;

    /** @param tls with what connections are encrypted, if they are */
    ServerConnector(
            RedisAddress address,
            int database,
            Optional<LiveTls> tls,
            Optional<Credentials> credentials,
            Duration deadline) {
        long shortestMillis = tls.isPresent() ? SHORTEST_TLS_STEP_MILLIS : SHORTEST_STEP_MILLIS;
        Duration step = Duration.ofMillis(Math.max(shortestMillis, deadline.toMillis()));
        this.patience = step.multipliedBy(STEPS);
        this.config = config(database, credentials, (int) step.toMillis());
        this.sockets = new Sockets(address, (int) step.toMillis(), tls);
    }

    @Override
    public boolean connect(Line line) {
        line.connect(sockets, config, System.nanoTime() + patience.toNanos());
        return false;
    }

    /** RESP2 needs no HELLO: one round trip less, and one permission. */
    private static DefaultJedisClientConfig config(int database, Optional<Credentials> credentials, int stepMillis) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .resp2()
                .autoNegotiateProtocol(false)
                .clientName("sluice")
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .connectionTimeoutMillis(stepMillis)
                .socketTimeoutMillis(stepMillis)
                .database(database);
        credentials.ifPresent(each -> {
            each.username().ifPresent(config::user);
            config.password(each.password());
        });
        return config.build();
    }
}

package dev.sluice.store.redis;

import java.time.Duration;
import java.util.Optional;

/**
 * Makes connectors to servers that are reached in the same way. Immutable.
 *
 * @param tls with what connections are encrypted, if they are
 * @param deadline of a decision
 */
record Connectors(Optional<LiveTls> tls, Optional<Credentials> credentials, Duration deadline) {

    static Connectors toRedis(RedisSettings settings) {
        return new Connectors(
                settings.encrypted() ? Optional.of(new LiveTls(settings.tls())) : Optional.empty(),
                settings.credentials(),
                settings.deadline());
    }

    static Connectors toSentinels(RedisSettings settings, Topology.Sentinels sentinels) {
        return new Connectors(
                sentinels.tls() ? Optional.of(new LiveTls(settings.tls())) : Optional.empty(),
                sentinels.credentials(),
                settings.deadline());
    }

    Connector to(RedisAddress address, int database) {
        return new ServerConnector(address, database, tls, credentials, deadline);
    }
}

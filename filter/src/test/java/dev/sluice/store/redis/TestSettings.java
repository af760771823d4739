package dev.sluice.store.redis;

import dev.sluice.testing.FaultProxy;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RedisCluster;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SentinelSet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Settings for a server of a test. The deadline is long: most tests are about answers, not about time. */
public final class TestSettings {

    public static final Duration PATIENT = Duration.ofSeconds(5);

    private TestSettings() {}

    public static RedisSettings of(RedisServer server) {
        return at(server.port(), PATIENT);
    }

    public static RedisSettings of(RedisServer server, String username, String password) {
        return at(server.port(), username, password, PATIENT);
    }

    public static RedisSettings of(RedisCluster cluster) {
        return of(cluster, PATIENT);
    }

    public static RedisSettings of(RedisCluster cluster, Duration deadline) {
        return of(cluster, Optional.empty(), deadline);
    }

    public static RedisSettings of(RedisCluster cluster, String username, String password) {
        return of(cluster, Optional.of(new Credentials(Optional.of(username), password)), PATIENT);
    }

    private static RedisSettings of(RedisCluster cluster, Optional<Credentials> credentials, Duration deadline) {
        return new RedisSettings(some(cluster, Loopback.HOST), false, TlsSettings.USUAL, credentials, deadline, 10_000);
    }

    /** With TLS, the first nodes by this name of the host. */
    public static RedisSettings of(RedisCluster cluster, String host, TlsSettings tls, Credentials credentials) {
        return new RedisSettings(some(cluster, host), true, tls, Optional.of(credentials), PATIENT, 10_000);
    }

    /** Of a cluster only two nodes are named. */
    private static Topology some(RedisCluster cluster, String host) {
        return new Topology.Cluster(cluster.servers().stream()
                .skip(1)
                .limit(2)
                .map(server -> new RedisAddress(host, server.port()))
                .toList());
    }

    /** For tests about time: a port of this machine, and a deadline. */
    public static RedisSettings at(int port, Duration deadline) {
        return at(port, Optional.empty(), deadline);
    }

    public static RedisSettings at(int port, String username, String password, Duration deadline) {
        return at(port, Optional.of(new Credentials(Optional.of(username), password)), deadline);
    }

    /** With TLS. */
    public static RedisSettings at(int port, TlsSettings tls, Optional<Credentials> credentials, Duration deadline) {
        RedisAddress address = new RedisAddress(Loopback.HOST, port);
        return new RedisSettings(new Topology.Standalone(address, 0), true, tls, credentials, deadline, 10_000);
    }

    /** The master that these sentinels know. */
    public static RedisSettings of(SentinelSet set, Duration deadline) {
        return behind(set.sentinels(), SentinelSet.MASTER, Optional.empty(), deadline);
    }

    public static RedisSettings behind(
            List<RedisServer> sentinels, String master, Optional<Credentials> atSentinels, Duration deadline) {
        return behind(sentinels.stream().map(RedisServer::port), master, atSentinels, deadline);
    }

    /** The same master, and a proxy before each sentinel. */
    public static RedisSettings through(List<FaultProxy> proxies, Duration deadline) {
        return behind(proxies.stream().map(FaultProxy::port), SentinelSet.MASTER, Optional.empty(), deadline);
    }

    private static RedisSettings behind(
            Stream<Integer> ports, String master, Optional<Credentials> atSentinels, Duration deadline) {
        List<RedisAddress> addresses =
                ports.map(port -> new RedisAddress(Loopback.HOST, port)).toList();
        Topology topology = new Topology.Sentinels(addresses, master, 0, atSentinels, false);
        return new RedisSettings(topology, false, TlsSettings.USUAL, Optional.empty(), deadline, 10_000);
    }

    private static RedisSettings at(int port, Optional<Credentials> credentials, Duration deadline) {
        RedisAddress address = new RedisAddress(Loopback.HOST, port);
        return new RedisSettings(
                new Topology.Standalone(address, 0), false, TlsSettings.USUAL, credentials, deadline, 10_000);
    }
}

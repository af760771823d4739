package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.faults.LogLines;
import dev.sluice.key.BucketKey;
import dev.sluice.store.BucketStore;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.testing.CertificateAuthority;
import dev.sluice.testing.Certified;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.MinimalPermissions;
import dev.sluice.testing.RedisCluster;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.TlsRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A cluster over TLS, each side with a certificate, as an ACL user with no permission too many. */
class TlsClusterIT extends ClusterContract {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.named("test authority");
    private static final Credentials USER = new Credentials(Optional.of("app"), "secret");
    private static final TokenBucket FIVE_A_DAY = TokenBucket.of(5, 5, Duration.ofDays(1));

    @TempDir
    private static Path folder;

    private static RedisCluster cluster;
    private static TlsSettings tls;
    private static RedisBucketStore store;

    @BeforeAll
    static void startCluster() {
        cluster = TlsRedis.startCluster(
                folder,
                AUTHORITY,
                AUTHORITY.forLoopback(),
                true,
                "cluster-require-full-coverage no",
                "cluster-announce-hostname localhost",
                "user app on >secret resetkeys resetchannels -@all " + MinimalPermissions.inCluster());
        AUTHORITY.forClient("RSA").write(folder, "client");
        tls = new TlsSettings(
                Optional.of(TlsRedis.write(folder.resolve("ca.crt"), Certified.pem(AUTHORITY.certificate()))),
                Optional.of(new TlsSettings.Identity(
                        folder.resolve("client.crt"), Optional.of(folder.resolve("client.key")), Optional.empty())),
                true);
        store = new RedisBucketStore(TestSettings.of(cluster, Loopback.HOST, tls, USER));
    }

    @AfterAll
    static void stopCluster() {
        store.close();
        cluster.close();
    }

    @Override
    BucketStore ofCluster() {
        return store;
    }

    @Test
    void aNodeWithABadCertificateHearsNoCommandAndConcernsNobodyElse() throws Exception {
        RedisServer bad = cluster.servers().get(2);
        show(AUTHORITY.forHost("redis.internal"), bad);
        bad.client().executeCommand(new CommandArguments(Protocol.Command.CONFIG).add("RESETSTAT"));
        try (LogLines log = LogLines.capture();
                RedisBucketStore another = new RedisBucketStore(TestSettings.of(cluster, Loopback.HOST, tls, USER))) {
            for (Charge charge : onAllMasters("bad")) {
                boolean held = cluster.masterOf(charge.key().text()) == bad;
                assertThat(isDecided(another, charge)).isNotEqualTo(held);
            }
            assertThat(another.openBreakers()).isEqualTo(1);
            assertThat(log.containing(bad.address() + " unavailable (its certificate is not for this host"))
                    .isNotEmpty();
            assertThat(bad.client().info("commandstats"))
                    .doesNotContain("cmdstat_auth", "cmdstat_eval", "setname", "cmdstat_cluster", "cmdstat_hmget");
        } finally {
            restoreCertificates();
        }
    }

    @Test
    void nodesThatGoByHostNamesAreVerifiedByThem() throws Exception {
        show(AUTHORITY.forHost("localhost"), everybody());
        nameNodesBy("hostname");
        try (RedisBucketStore byName = new RedisBucketStore(TestSettings.of(cluster, "localhost", tls, USER))) {
            for (Charge charge : onAllMasters("named")) {
                Awaitility.await().until(() -> isDecided(byName, charge)); // nodes tell each other their names first
            }
        } finally {
            nameNodesBy("ip");
            restoreCertificates();
        }
    }

    /** From their next connections on. */
    private static void show(Certified certificate, RedisServer... servers) {
        certificate.write(folder, "shown");
        Map<String, String> files = Map.of(
                "tls-cert-file", folder.resolve("shown.crt").toString(),
                "tls-key-file", folder.resolve("shown.key").toString());
        for (RedisServer server : servers) {
            server.client().configSet(files);
        }
    }

    private static void restoreCertificates() {
        show(AUTHORITY.forLoopback(), everybody());
        Awaitility.await().until(() -> store.openBreakers() == 0);
    }

    private static RedisServer[] everybody() {
        return cluster.servers().toArray(RedisServer[]::new);
    }

    private static void nameNodesBy(String endpoint) {
        cluster.servers().forEach(server -> server.client().configSet("cluster-preferred-endpoint-type", endpoint));
    }

    private static List<Charge> onAllMasters(String client) {
        return IntStream.range(0, 12)
                .mapToObj(i -> new Charge(BucketKey.unnamed(client + "-" + i), FIVE_A_DAY, 1, true))
                .toList();
    }

    private static boolean isDecided(RedisBucketStore asked, Charge charge) {
        try {
            return asked.tryConsume(List.of(charge)).get(0) instanceof Decision.Permitted;
        } catch (StoreUnavailableException undecided) {
            return false;
        }
    }
}

package dev.sluice.store.redis;

import dev.sluice.store.BucketStore;
import dev.sluice.store.BucketStoreContract;
import dev.sluice.testing.CertificateAuthority;
import dev.sluice.testing.Certified;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.MinimalPermissions;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SentinelSet;
import dev.sluice.testing.TlsRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Behind a sentinel, over TLS to both, as an ACL user of each, a store does all that it must. */
class MasterContractIT extends BucketStoreContract {

    private static RedisServer master;
    private static RedisServer sentinel;
    private static RedisBucketStore store;

    @BeforeAll
    static void startRedis(@TempDir Path folder) {
        CertificateAuthority authority = CertificateAuthority.named("test authority");
        master = TlsRedis.start(
                folder,
                authority,
                authority.forLoopback(),
                false,
                "user app on >secret resetkeys resetchannels -@all " + MinimalPermissions.atRedis());
        sentinel = SentinelSet.sentinel(
                master,
                RedisServer.TLS_PORT,
                "tls-cert-file " + folder.resolve("server.crt"),
                "tls-key-file " + folder.resolve("server.key"),
                "tls-ca-cert-file " + folder.resolve("clients-ca.crt"),
                "tls-auth-clients no",
                "tls-replication yes",
                "user watcher on >hunter2 -@all " + MinimalPermissions.atSentinels());
        TlsSettings tls = new TlsSettings(
                Optional.of(TlsRedis.write(folder.resolve("ca.crt"), Certified.pem(authority.certificate()))),
                Optional.empty(),
                true);
        Topology topology = new Topology.Sentinels(
                List.of(new RedisAddress(Loopback.HOST, sentinel.port())),
                SentinelSet.MASTER,
                0,
                Optional.of(new Credentials(Optional.of("watcher"), "hunter2")),
                true);
        Credentials user = new Credentials(Optional.of("app"), "secret");
        store = new RedisBucketStore(
                new RedisSettings(topology, true, tls, Optional.of(user), Duration.ofSeconds(5), 10_000));
    }

    @AfterAll
    static void stopRedis() {
        store.close();
        sentinel.close();
        master.close();
    }

    @Override
    protected BucketStore store() {
        return store;
    }
}

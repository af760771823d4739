package dev.sluice.store.redis;

import dev.sluice.store.BucketStore;
import dev.sluice.store.BucketStoreContract;
import dev.sluice.testing.CertificateAuthority;
import dev.sluice.testing.Certified;
import dev.sluice.testing.MinimalPermissions;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.TlsRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Over TLS, each side with a certificate, as an ACL user with no permission too many, a store does all that it must. */
class TlsContractIT extends BucketStoreContract {

    private static RedisServer server;
    private static RedisBucketStore store;

    @BeforeAll
    static void startRedis(@TempDir Path folder) {
        CertificateAuthority authority = CertificateAuthority.named("test authority");
        server = TlsRedis.start(
                folder,
                authority,
                authority.forLoopback(),
                true,
                "user app on >secret resetkeys resetchannels -@all " + MinimalPermissions.atRedis());
        authority.forClient("RSA").write(folder, "client");
        TlsSettings tls = new TlsSettings(
                Optional.of(TlsRedis.write(folder.resolve("ca.crt"), Certified.pem(authority.certificate()))),
                Optional.of(new TlsSettings.Identity(
                        folder.resolve("client.crt"), Optional.of(folder.resolve("client.key")), Optional.empty())),
                true);
        Credentials user = new Credentials(Optional.of("app"), "secret");
        store = new RedisBucketStore(TestSettings.at(server.port(), tls, Optional.of(user), Duration.ofSeconds(5)));
    }

    @AfterAll
    static void stopRedis() {
        store.close();
        server.close();
    }

    @Override
    protected BucketStore store() {
        return store;
    }
}

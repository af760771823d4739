package dev.sluice.check;

import dev.sluice.testing.CertificateAuthority;
import dev.sluice.testing.Certified;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.TlsRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** What goes wrong with TLS, on real servers: each is found with a message that cures it. */
class TlsFaultsIT {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.named("ours");

    @TempDir
    private Path folder;

    @Test
    void nothingIsWrongWithATrustedServer() {
        try (RedisServer server = tls(AUTHORITY.forLoopback(), false)) {
            Said.check("redis.address = rediss://" + server.address(), trusted())
                    .findsNothing();
        }
    }

    @Test
    void aTlsPortAddressedAsPlain() {
        try (RedisServer server = tls(AUTHORITY.forLoopback(), false)) {
            Said.check("redis.address = " + server.address())
                    .finds(Code.TLS_PORT, "the port speaks TLS, but a plain connection is made", "rediss://");
        }
    }

    @Test
    void aTlsPortThatAsksForCertificatesAddressedAsPlain() {
        try (RedisServer server = tls(AUTHORITY.forLoopback(), true)) {
            Said.check("redis.address = " + server.address()).finds(Code.TLS_PORT);
        }
    }

    @Test
    void aCertificateFromNobodyWhoIsTrusted() {
        try (RedisServer server = tls(AUTHORITY.forLoopback(), false)) {
            Said.check("redis.address = rediss://" + server.address()).finds(Code.CERTIFICATE, "redis.tls.ca");
        }
    }

    @Test
    void aCertificateForAnotherHost() {
        try (RedisServer server = tls(AUTHORITY.forHost("redis.internal"), false)) {
            Said.check("redis.address = rediss://" + server.address(), trusted())
                    .finds(Code.CERTIFICATE, "host");
        }
    }

    @Test
    void aCertificateThatHasExpired() {
        Certified expired = AUTHORITY.forLoopback(Instant.now().minusSeconds(7200), Duration.ofHours(1));
        try (RedisServer server = tls(expired, false)) {
            Said.check("redis.address = rediss://" + server.address(), trusted())
                    .finds(Code.CERTIFICATE, "expired");
        }
    }

    @Test
    void aServerThatAsksWhoWeAre() {
        try (RedisServer server = tls(AUTHORITY.forLoopback(), true)) {
            Said.check("redis.address = rediss://" + server.address(), trusted())
                    .finds(Code.CLIENT_CERTIFICATE, "redis.tls.certificate");
        }
    }

    private RedisServer tls(Certified own, boolean askClients) {
        return TlsRedis.start(folder, AUTHORITY, own, askClients);
    }

    private String trusted() {
        return "redis.tls.ca = " + TlsRedis.write(folder.resolve("ca.pem"), Certified.pem(AUTHORITY.certificate()));
    }
}

package dev.sluice.store.redis;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import dev.sluice.store.FaultKind;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.testing.CertificateAuthority;
import dev.sluice.testing.Certified;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.TlsRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whoever cannot prove to be our Redis never hears a command. */
class TlsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final Credentials SECRET = new Credentials(Optional.empty(), "hunter2");
    private static final Charge ONE =
            new Charge(BucketKey.unnamed("tls"), TokenBucket.of(5, 1, Duration.ofDays(1)), 1, true);
    private static final CertificateAuthority OURS = CertificateAuthority.named("ours");
    private static final CertificateAuthority ANOTHER = CertificateAuthority.named("another");

    @TempDir
    Path folder;

    private Path ca;

    @BeforeEach
    void writeAuthority() {
        ca = TlsRedis.write(folder.resolve("ca.crt"), Certified.pem(OURS.certificate()));
    }

    /** What a server may show that is not good enough. */
    private enum Shown {
        WRONG_NAME("its certificate is not for this host"),
        EXPIRED("its certificate has expired"),
        NOT_YET_VALID("its certificate is not valid yet"),
        OF_ANOTHER_AUTHORITY("its certificate is from nobody who is trusted; see redis.tls.ca");

        private final String meaning;

        Shown(String meaning) {
            this.meaning = meaning;
        }

        Certified certificate() {
            Instant now = Instant.now();
            return switch (this) {
                case WRONG_NAME -> OURS.forHost("redis.internal");
                case EXPIRED -> OURS.forLoopback(now.minus(Duration.ofDays(9)), Duration.ofDays(8));
                case NOT_YET_VALID -> OURS.forLoopback(now.plus(Duration.ofDays(1)), Duration.ofDays(8));
                case OF_ANOTHER_AUTHORITY -> ANOTHER.forLoopback();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBadCertificateIsRefusedBeforeAnyCommand(Shown shown) {
        try (RedisServer server = TlsRedis.start(folder, OURS, shown.certificate(), false);
                RedisBucketStore store = store(server.port(), trusting(ca))) {
            assertUnavailable(store);
            assertThat(failure(server.port(), trusting(ca)).reason()).startsWith(shown.meaning);
            assertThat(failure(server.port(), trusting(ca)).kind()).isEqualTo(FaultKind.MISCONFIGURED);
            assertHasHeardNothing(server);
        }
    }

    @Test
    void whomTheJvmDoesNotTrustNeedsACaFile() {
        try (RedisServer server = TlsRedis.start(folder, OURS, OURS.forLoopback(), false);
                RedisBucketStore store = store(server.port(), TlsSettings.USUAL)) {
            assertUnavailable(store);
            assertThat(failure(server.port(), TlsSettings.USUAL).reason()).contains("redis.tls.ca");
            assertHasHeardNothing(server);
        }
    }

    @Test
    void aPlainServerHearsNoCommand() {
        try (RedisServer server = RedisServer.start();
                RedisBucketStore store = store(server.port(), trusting(ca))) {
            assertUnavailable(store);
            assertHasHeardNothing(server);
        }
    }

    /** The first thing to say is its: TLS begins with the client, and this one is not even answered. */
    @Test
    void aPlainListenerHearsNothingButTheBeginningOfTls() throws Exception {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        Thread recording;
        try (ServerSocket listener = new ServerSocket(0, 50, Loopback.address())) {
            recording = new Thread(() -> record(listener, heard));
            recording.start();
            try (RedisBucketStore store = store(listener.getLocalPort(), trusting(ca))) {
                assertUnavailable(store);
            }
        }
        recording.join();
        assertThat(heard.toByteArray()).startsWith(0x16, 0x03); // a handshake record
        assertThat(heard.toString(StandardCharsets.ISO_8859_1)).doesNotContain("AUTH", "hunter2", "EVAL", "CLIENT");
    }

    @Test
    void withoutHostNameVerificationTheNameMayBeAnother() throws Exception {
        TlsSettings lax = new TlsSettings(Optional.of(ca), Optional.empty(), false);
        try (RedisServer server =
                        TlsRedis.start(folder, OURS, OURS.forHost("redis.internal"), false, "requirepass hunter2");
                RedisBucketStore store = store(server.port(), lax)) {
            assertThat(store.tryConsume(List.of(ONE))).hasSize(1);
        }
        try (RedisServer server = TlsRedis.start(folder, OURS, ANOTHER.forHost("redis.internal"), false)) {
            assertThat(failure(server.port(), lax).reason()).contains("nobody who is trusted");
        }
    }

    @Test
    void aServerThatAsksForOurCertificateIsShownIt() throws Exception {
        Certified client = OURS.forClient("EC").write(folder, "client");
        Path pkcs12 = client.writePkcs12(folder.resolve("client.p12"), "hunter3");
        Path both = TlsRedis.write(
                folder.resolve("both.pem"),
                client.keyPem() + Certified.pem(client.chain().get(0)));
        ANOTHER.forClient("EC").write(folder, "stranger");
        try (RedisServer server = TlsRedis.start(folder, OURS, OURS.forLoopback(), true, "requirepass hunter2")) {
            for (TlsSettings.Identity known : List.of(
                    identity("client"),
                    new TlsSettings.Identity(both, Optional.empty(), Optional.empty()),
                    new TlsSettings.Identity(pkcs12, Optional.empty(), Optional.of("hunter3")))) {
                try (RedisBucketStore store = store(server.port(), showing(known))) {
                    assertThat(store.tryConsume(List.of(ONE))).as("%s", known).hasSize(1);
                }
            }
            server.client().executeCommand(new CommandArguments(Protocol.Command.CONFIG).add("RESETSTAT"));
            for (TlsSettings refused : List.of(trusting(ca), showing(identity("stranger")))) {
                try (RedisBucketStore store = store(server.port(), refused)) {
                    assertUnavailable(store);
                }
            }
            assertHasHeardNothing(server);
        }
    }

    @Test
    void renewedFilesAreUsedWithoutARestart() {
        ANOTHER.forClient("EC").write(folder, "client");
        try (RedisServer server = TlsRedis.start(folder, OURS, OURS.forLoopback(), true, "requirepass hunter2");
                RedisBucketStore store = store(server.port(), showing(identity("client")))) {
            assertUnavailable(store);
            OURS.forClient("EC").write(folder, "client");
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(store.tryConsume(List.of(ONE))).hasSize(1));
        }
    }

    @Test
    void filesThatBecomeUselessLeaveTheFormerInUse() throws Exception {
        OURS.forClient("EC").write(folder, "client");
        LiveTls live = new LiveTls(showing(identity("client")));
        Tls former = live.now();
        assertThat(live.now()).isSameAs(former);
        Files.writeString(folder.resolve("client.key"), "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n");
        assertThat(live.now()).isSameAs(former);
        OURS.forClient("RSA").write(folder, "client");
        assertThat(live.now()).isNotSameAs(former);
    }

    @Test
    void aHandshakeThatDripsHoldsUpNobody() throws Exception {
        Duration deadline = Duration.ofMillis(150);
        try (ServerSocket listener = new ServerSocket(0, 50, Loopback.address())) {
            Thread dripping = new Thread(() -> drip(listener));
            dripping.setDaemon(true);
            dripping.start();
            RedisBucketStore store = new RedisBucketStore(
                    TestSettings.at(listener.getLocalPort(), trusting(ca), Optional.of(SECRET), deadline));
            long before = System.nanoTime();
            assertUnavailable(store);
            long asked = System.nanoTime();
            store.close();
            assertThat(Duration.ofNanos(asked - before)).isLessThan(Duration.ofSeconds(1));
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private TlsSettings trusting(Path authorities) {
        return new TlsSettings(Optional.of(authorities), Optional.empty(), true);
    }

    private TlsSettings showing(TlsSettings.Identity identity) {
        return new TlsSettings(Optional.of(ca), Optional.of(identity), true);
    }

    private TlsSettings.Identity identity(String name) {
        return new TlsSettings.Identity(
                folder.resolve(name + ".crt"), Optional.of(folder.resolve(name + ".key")), Optional.empty());
    }

    private static RedisBucketStore store(int port, TlsSettings tls) {
        return new RedisBucketStore(TestSettings.at(port, tls, Optional.of(SECRET), DEADLINE));
    }

    private static Fault failure(int port, TlsSettings tls) {
        Line line = new Line();
        try {
            Connectors.toRedis(TestSettings.at(port, tls, Optional.of(SECRET), DEADLINE))
                    .to(new RedisAddress(Loopback.HOST, port), 0)
                    .connect(line);
            throw new AssertionError("connected");
        } catch (JedisException failure) {
            return Fault.of(failure);
        } finally {
            line.cut();
        }
    }

    private static void assertUnavailable(RedisBucketStore store) {
        assertThatThrownBy(() -> store.tryConsume(List.of(ONE))).isInstanceOf(StoreUnavailableException.class);
    }

    /** Nothing but what the assertion itself asks. */
    private static void assertHasHeardNothing(RedisServer server) {
        assertThat(server.client().info("commandstats"))
                .doesNotContain("cmdstat_auth", "cmdstat_eval", "setname", "cmdstat_time", "cmdstat_hmget");
    }

    private static void record(ServerSocket listener, ByteArrayOutputStream heard) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.getInputStream().transferTo(heard);
            } catch (IOException over) {
                continue; // the next one, if there is one
            }
        }
    }

    /** A byte of a record that never ends, now and then. */
    private static void drip(ServerSocket listener) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.getOutputStream().write(new byte[] {0x16, 0x03, 0x03, 0x10, 0x00});
                while (true) {
                    Thread.sleep(50);
                    socket.getOutputStream().write(0);
                }
            } catch (IOException | InterruptedException over) {
                continue;
            }
        }
    }
}

package dev.sluice.testing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedisServerIT {

    @Test
    void answersAsSoonAsItHasStarted() {
        try (RedisServer server = RedisServer.start()) {
            assertThat(server.client().ping()).isEqualTo("PONG");
            assertThat(server.address()).isEqualTo("127.0.0.1:" + server.port());
        }
    }

    @Test
    void takesLinesOfConfiguration() {
        try (RedisServer server = RedisServer.start("requirepass secret", "user limiter on >pw ~* +@all");
                Jedis limiter = new Jedis(
                        new HostAndPort("127.0.0.1", server.port()),
                        DefaultJedisClientConfig.builder()
                                .user("limiter")
                                .password("pw")
                                .build())) {
            assertThat(limiter.aclWhoAmI()).isEqualTo("limiter");
            assertThat(server.client().ping()).isEqualTo("PONG");
        }
    }

    @Test
    void takesArgumentsOfTheCommandLine() {
        List<String> lines = List.of("sentinel monitor main 127.0.0.1 " + Loopback.freePort() + " 1");
        try (RedisServer sentinel = RedisServer.start(lines, "--sentinel");
                Jedis jedis = new Jedis("127.0.0.1", sentinel.port())) {
            assertThat(jedis.sentinelMasters()).hasSize(1);
        }
    }

    @Test
    void aFrozenServerAnswersWhenItThaws() throws IOException {
        try (RedisServer server = RedisServer.start();
                Socket socket = new Socket("127.0.0.1", server.port())) {
            server.freeze();
            socket.getOutputStream().write("PING\r\n".getBytes());
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            server.thaw();
            socket.setSoTimeout(10_000);
            assertThat((char) socket.getInputStream().read()).isEqualTo('+');
        }
    }

    @Test
    void comesBackEmptyOnTheSamePortAfterAKill() {
        try (RedisServer server = RedisServer.start()) {
            server.client().set("key", "value");
            server.kill();
            assertThatThrownBy(() -> new Socket("127.0.0.1", server.port()).close())
                    .isInstanceOf(IOException.class);
            server.restart();
            assertThat(server.client().exists("key")).isFalse();
        }
    }

    @Test
    void comesBackAfterAShutdownEvenFromTheIce() {
        try (RedisServer server = RedisServer.start()) {
            long first = server.pid();
            server.freeze();
            server.shutdown();
            server.restart();
            assertThat(server.client().ping()).isEqualTo("PONG");
            assertThat(server.pid()).isNotEqualTo(first);
        }
    }

    @Test
    void closesFrozenAndMoreThanOnce() {
        RedisServer server = RedisServer.start();
        server.freeze();
        server.close();
        server.close();
        assertThat(isAlive(server.pid())).isFalse();
    }

    @Test
    void saysWhyItDidNotStart() {
        assertThatThrownBy(() -> RedisServer.start("no-such-directive 1")).hasMessageContaining("no-such-directive");
    }

    @Test
    void triesAnotherPortWhenItsOwnWasTaken() {
        try (RedisServer first = RedisServer.start()) {
            Iterator<Integer> ports = List.of(first.port(), Loopback.freePort()).iterator();
            try (RedisServer second = RedisServer.start(ports::next, List.of(), List.of())) {
                assertThat(second.port()).isNotEqualTo(first.port());
                assertThat(second.client().ping()).isEqualTo("PONG");
            }
        }
    }

    @Test
    void triesAnotherPortOfTlsToo(@TempDir Path folder) {
        CertificateAuthority authority = CertificateAuthority.named("test authority");
        try (RedisServer first = RedisServer.start()) {
            Iterator<Integer> ports = List.of(
                            Loopback.freePort(), first.port(), Loopback.freePort(), Loopback.freePort())
                    .iterator();
            try (RedisServer second = RedisServer.start(
                    ports::next, TlsRedis.lines(folder, authority, authority.forLoopback(), false), List.of())) {
                assertThat(second.port()).isNotEqualTo(first.port());
                assertThat(second.client().ping()).isEqualTo("PONG");
            }
        }
    }

    @Test
    void neverOutlivesTheJvmThatStartedIt() {
        try (ChildJvm child = ChildJvm.start(List.of("-Dredis.exe=" + RedisExecutable.path()), Forgetful.class)) {
            long pid = Long.parseLong(child.awaitLine(line -> true, Duration.ofSeconds(30)));
            assertThat(isAlive(pid)).isTrue();
            child.send("end");
            assertThat(child.awaitExit(Duration.ofSeconds(30))).isZero();
            ProcessHandle.of(pid).ifPresent(server -> server.onExit().join());
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Starts a server and ends without closing it. */
    static final class Forgetful {
        public static void main(String... arguments) throws IOException {
            System.out.println(RedisServer.start().pid());
            Optional.of(System.in.read()).ifPresent(read -> System.exit(0));
        }
    }
}

package dev.sluice.testing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientPauseMode;
import redis.clients.jedis.exceptions.JedisConnectionException;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@ExtendWith(SharedRedis.class)
class FaultProxyIT {

    private static final String PONG = "+PONG\r\n";

    private final RedisServer server;
    private final FaultProxy proxy;
    private final Socket client;

    FaultProxyIT(RedisServer server) throws IOException {
        this.server = server;
        this.proxy = FaultProxy.to(server);
        this.client = connect();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
    }

    @BeforeEach
    void passesAtFirst() throws IOException {
        assertThat(ping()).isEqualTo(PONG);
    }

    @Test
    void countsWhatPasses() {
        assertThat(proxy.traffic().accepted()).isEqualTo(1);
        assertThat(proxy.traffic().open()).isEqualTo(1);
        assertThat(proxy.traffic().requests()).isEqualTo(1);
        assertThat(proxy.traffic().requestBytes()).isEqualTo(6);
        assertThat(proxy.traffic().replyBytes()).isEqualTo(7);
        assertThat(proxy.traffic().struck()).isZero();
    }

    @Test
    void closesWithItsClient() throws IOException {
        client.close();
        await().until(() -> proxy.traffic().open() == 0);
    }

    @Test
    void delaysReplies() throws IOException {
        proxy.fault(Fault.delay(Duration.ofMillis(200)));
        long start = System.nanoTime();
        assertThat(ping()).isEqualTo(PONG);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void deliversADelayedReplyAtOnceWhenHealed() throws IOException {
        proxy.fault(Fault.delay(Duration.ofHours(1)));
        write("PING\r\n");
        assertSilent();
        proxy.heal();
        assertThat(read()).isEqualTo(PONG);
    }

    @Test
    void dripsReplies() throws IOException {
        proxy.fault(Fault.drip(Duration.ofMillis(20)));
        long start = System.nanoTime();
        assertThat(ping()).isEqualTo(PONG);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(7 * 20));
    }

    @Test
    void swallowsForeverOnConnectionsThatWereStruck() throws IOException {
        proxy.fault(Fault.swallow());
        write("INCR swallowed\r\n");
        assertSilent();
        assertThat(server.client().exists("swallowed")).isFalse();
        proxy.heal();
        write("PING\r\n");
        assertSilent();
        try (Socket other = connect()) {
            other.getOutputStream().write("PING\r\n".getBytes());
            assertThat(new String(other.getInputStream().readNBytes(7))).isEqualTo(PONG);
        }
    }

    @Test
    void swallowsRepliesInFlight() throws IOException {
        try (Jedis jedis = new Jedis("127.0.0.1", server.port())) {
            jedis.clientPause(60_000, ClientPauseMode.WRITE);
            write("INCR flying\r\n");
            await().until(() -> proxy.traffic().requests() == 2);
            proxy.fault(Fault.swallow());
            jedis.clientUnpause();
        }
        await().until(() -> server.client().exists("flying"));
        await().until(() -> proxy.traffic().struck() == 1);
        assertSilent();
    }

    @Test
    void cutsAfterTheTargetHasDoneItsWork() {
        proxy.fault(Fault.cut().on("INCR").times(2));
        for (int i = 1; i <= 2; i++) {
            try (Jedis jedis = new Jedis("127.0.0.1", proxy.port())) {
                assertThatThrownBy(() -> jedis.incr("counter")).isInstanceOf(JedisConnectionException.class);
            }
        }
        try (Jedis jedis = new Jedis("127.0.0.1", proxy.port())) {
            assertThat(jedis.incr("counter")).isEqualTo(3);
        }
        assertThat(proxy.traffic().struck()).isEqualTo(2);
    }

    @Test
    void holdsBothWaysWhileHalfOpenAndLosesNothing() throws IOException {
        proxy.fault(Fault.halfOpen());
        write("INCR held\r\n");
        assertSilent();
        assertThat(server.client().exists("held")).isFalse();
        proxy.heal();
        assertThat(read()).startsWith(":1");
    }

    @Test
    void keepsAnEndToItselfWhileHalfOpen() throws IOException {
        proxy.fault(Fault.halfOpen());
        client.shutdownOutput();
        assertSilent();
        assertThat(proxy.traffic().open()).isEqualTo(1);
        proxy.heal();
        await().until(() -> proxy.traffic().open() == 0);
    }

    @Test
    void answersInPlaceOfTheTarget() throws IOException {
        proxy.fault(Fault.answer("-LOADING\r\n").on("GET"));
        write("GET key\r\n");
        assertThat(read()).isEqualTo("-LOADING\r\n");
        assertThat(proxy.traffic().requests()).isEqualTo(1);
        assertThat(ping()).isEqualTo(PONG);
        proxy.fault(Fault.garbage());
        assertThat(ping()).startsWith("HTTP/1.1 400");
    }

    @Test
    void refusesConnectsAndKeepsConnections() throws IOException {
        proxy.refuseConnects();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        assertThat(ping()).isEqualTo(PONG);
        proxy.acceptConnects();
        connect().close();
    }

    @Test
    void hangsConnectsAndKeepsConnections() throws IOException {
        proxy.hangConnects();
        assertThatThrownBy(this::connect).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(this::connect).isInstanceOf(SocketTimeoutException.class);
        assertThat(ping()).isEqualTo(PONG);
        proxy.acceptConnects();
        connect().close();
    }

    @Test
    void resetsConnections() {
        proxy.resetConnections();
        assertThatThrownBy(this::ping).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        assertThat(proxy.traffic().open()).isZero();
    }

    @Test
    void resetsWhoComesWhenTheTargetIsDown() throws IOException {
        try (FaultProxy toNobody = FaultProxy.to(Loopback.freePort());
                Socket visitor = new Socket("127.0.0.1", toNobody.port())) {
            assertThatThrownBy(() -> visitor.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void endsItsThreadsInTheMidstOfAFault() throws IOException {
        proxy.fault(Fault.halfOpen());
        write("PING\r\n");
        assertSilent();
        proxy.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("fault-proxy")));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", proxy.port()), 300);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private String ping() throws IOException {
        write("PING\r\n");
        return read();
    }

    private void write(String request) throws IOException {
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** The first line of what comes. */
    private String read() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\n") < 0) {
            int next = client.getInputStream().read();
            assertThat(next).as("end of stream after \"%s\"", line).isNotNegative();
            line.append((char) next);
        }
        return line.toString();
    }

    private void assertSilent() throws IOException {
        client.setSoTimeout(100);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(10_000);
    }
}

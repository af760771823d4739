package dev.sluice.testing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RawHttpTest {

    private final ServerSocket server;

    RawHttpTest() throws IOException {
        server = new ServerSocket(0, 5, Loopback.address());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"//x", "/a/../b", "/%2e%2e", "/a;x=1", "/\u00e4", "http://elsewhere/"})
    void sendsTheTargetAsItStands(String target) throws IOException {
        try (RawHttp connection = RawHttp.connect(server.getLocalPort());
                Socket peer = server.accept()) {
            String request = "GET " + target + " HTTP/1.1\r\n\r\n";
            connection.write(request);
            byte[] arrived = peer.getInputStream().readNBytes(request.length());
            assertThat(new String(arrived, StandardCharsets.ISO_8859_1)).isEqualTo(request);
        }
    }

    @Test
    void readsABodyOfStatedLengthAndKeepsTheConnection() throws IOException {
        try (Peer peer = new Peer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc"
                + "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"
                + "HTTP/1.1 429 \r\nRetry-After: 1\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(peer.client.read())
                    .extracting(HttpReply::status, HttpReply::body)
                    .containsExactly(200, "abc");
            assertThat(peer.client.read())
                    .extracting(HttpReply::status, HttpReply::body)
                    .containsExactly(304, "");
            HttpReply third = peer.client.read();
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.fieldLines("retry-after")).containsExactly("1", "2");
        }
    }

    @Test
    void readsChunks() throws IOException {
        try (Peer peer = new Peer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n")) {
            assertThat(peer.client.read().body()).isEqualTo("abc0123456789");
        }
    }

    @Test
    void readsUpToTheClose() throws IOException {
        try (Peer peer = new Peer("HTTP/1.0 200 OK\r\n\r\nuntil the end")) {
            peer.socket.shutdownOutput();
            assertThat(peer.client.read().body()).isEqualTo("until the end");
        }
    }

    @Test
    void expectsNoBodyAfterHead() throws IOException {
        try (Peer peer = new Peer("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")) {
            peer.client.write("HEAD / HTTP/1.1\r\n\r\n");
            assertThat(peer.client.read().body()).isEmpty();
        }
    }

    @Test
    void saysWhenAReplyIsCutShort() throws IOException {
        try (Peer peer = new Peer("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc")) {
            peer.socket.shutdownOutput();
            assertThatThrownBy(peer.client::read).hasMessageContaining("3 of 99");
        }
    }

    /** A connection on which the reply is already under way. */
    private final class Peer implements AutoCloseable {

        final RawHttp client = RawHttp.connect(server.getLocalPort());
        final Socket socket = server.accept();

        Peer(String reply) throws IOException {
            socket.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void close() throws IOException {
            client.close();
            socket.close();
        }
    }
}

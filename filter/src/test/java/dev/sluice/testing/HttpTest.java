package dev.sluice.testing;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class HttpTest {

    private final HttpServer server;

    HttpTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(Loopback.address(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = (exchange.getRequestMethod() + " "
                            + exchange.getRequestHeaders().get("X-Who"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Vary", "a");
            exchange.getResponseHeaders().add("Vary", "b");
            exchange.sendResponseHeaders(429, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void givesStatusFieldsAndBody() {
        HttpReply reply = Http.get(uri(), "X-Who: alice", "X-Who:bob");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.body()).isEqualTo("GET [alice, bob]");
        assertThat(reply.field("vary")).hasValue("a");
        assertThat(reply.fieldLines("vary")).containsExactly("a", "b");
        assertThat(reply.field("Retry-After")).isEmpty();
    }

    @Test
    void sendsOtherMethods() {
        assertThat(Http.send("POST", uri()).body()).isEqualTo("POST null");
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/path");
    }
}

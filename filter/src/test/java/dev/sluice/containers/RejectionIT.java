package dev.sluice.containers;

import dev.sluice.testing.HttpReply;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RawHttp;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What a rejected client reads, to the byte, and that its connection is still good afterwards. */
@ExtendWith(Containers.Shared.class)
class RejectionIT {

    private static final List<Site> SITES = List.of(Sites.FULL, Sites.PAGE);

    private static final int SMALL_BODY = 100;

    /** More than arrives with the head of the request, less than what a container gives up on (2 MiB in Tomcat). */
    private static final int LARGE_BODY = 1 << 20;

    @Promised(Promise.REJECTION)
    void isTextUnlessJsonIsAskedFor(Container container, Containers containers) {
        HttpReply reply = rejected(containers.running(container), "GET", Sites.FULL, "Accept: */*");

        assertThat(reply.field("Content-Type").orElse("").replace(" ", ""))
                .isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(reply.body()).startsWith("429 Too Many Requests\n");
        assertIsComplete(reply);
    }

    @Promised(Promise.REJECTION)
    void isAProblemWithoutCharset(Container container, Containers containers) {
        HttpReply reply = rejected(containers.running(container), "GET", Sites.FULL, "Accept: application/json");

        assertThat(reply.fieldLines("Content-Type")).containsExactly("application/problem+json");
        assertThat(reply.body()).contains("\"status\":429", "\"violated-policies\":[\"single\"]");
        assertIsComplete(reply);
    }

    @Promised(Promise.ERROR_PAGE)
    void leavesThePageToTheApplicationAndKeepsTheFields(Container container, Containers containers) {
        HttpReply reply = rejected(containers.running(container), "GET", Sites.PAGE);

        assertThat(reply.body()).isEqualTo("sorry");
        assertThat(reply.field("X-Verdict").orElse("")).as("in the page").startsWith("Rejected");
    }

    @Promised(Promise.REJECTION)
    void hasNoBodyForHead(Container container, Containers containers) {
        for (Site site : SITES) {
            String client = client();
            try (RawHttp connection =
                    RawHttp.connect(containers.running(container).port(site))) {
                assertThat(exchange(connection, "GET", site, client, 0).status())
                        .isEqualTo(200);
                assertThat(exchange(connection, "HEAD", site, client, 0).status())
                        .isEqualTo(429);
                // A body to HEAD would be read as the head of this reply.
                assertThat(exchange(connection, "GET", site, client, 0).status())
                        .isEqualTo(429);
            }
        }
    }

    @Promised(Promise.REJECTION)
    void leavesTheConnectionUsableAfterABody(Container container, Containers containers) {
        for (Site site : SITES) {
            String client = client();
            try (RawHttp connection =
                    RawHttp.connect(containers.running(container).port(site))) {
                assertThat(exchange(connection, "POST", site, client, SMALL_BODY)
                                .status())
                        .isEqualTo(200);
                for (int i = 0; i < 3; i++) {
                    assertThat(exchange(connection, "POST", site, client, SMALL_BODY)
                                    .status())
                            .isEqualTo(429);
                }
                assertThat(exchange(connection, "GET", site, client(), 0).status())
                        .isEqualTo(200);
            }
        }
    }

    /** Tomcat reads what is left of the body; Jetty closes the connection, and must say so. */
    @Promised(Promise.REJECTION)
    void leavesTheConnectionUsableAfterALargeBodyOrSaysThatItEnds(Container container, Containers containers) {
        for (Site site : SITES) {
            String client = client();
            try (RawHttp connection =
                    RawHttp.connect(containers.running(container).port(site))) {
                assertThat(exchange(connection, "GET", site, client, 0).status())
                        .isEqualTo(200);
                connection.write(head("POST", site, client, LARGE_BODY) + "x".repeat(SMALL_BODY));
                HttpReply reply = connection.read();
                assertThat(reply.status()).isEqualTo(429);
                if (reply.field("Connection").filter("close"::equalsIgnoreCase).isEmpty()) {
                    connection.write("x".repeat(LARGE_BODY - SMALL_BODY));
                    assertThat(exchange(connection, "GET", site, client(), 0).status())
                            .isEqualTo(200);
                }
            }
        }
    }

    @Promised(Promise.REJECTION)
    void comesBeforeABodyThatIsHeldBack(Container container, Containers containers) {
        String client = client();
        try (RawHttp connection = RawHttp.connect(containers.running(container).port(Sites.FULL))) {
            assertThat(exchange(connection, "GET", Sites.FULL, client, 0).status())
                    .isEqualTo(200);
            connection.write(head("POST", Sites.FULL, client, LARGE_BODY, "Expect: 100-continue"));
            assertThat(connection.read().status()).isEqualTo(429);
        }
    }

    /** The second request of a client, with the fields that all rejections have. */
    private static HttpReply rejected(RunningContainer running, String method, Site site, String... headerLines) {
        String client = client();
        try (RawHttp connection = RawHttp.connect(running.port(site))) {
            assertThat(exchange(connection, method, site, client, 0).status()).isEqualTo(200);
            connection.write(head(method, site, client, 0, headerLines));
            HttpReply reply = connection.read();
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.fieldLines("RateLimit-Policy")).containsExactly("\"single\";q=1;w=86400");
            assertThat(reply.field("RateLimit").orElse("")).startsWith("\"single\";r=0;t=");
            assertThat(Integer.parseInt(reply.field("Retry-After").orElse("0"))).isBetween(1, 86_400);
            assertThat(reply.field("Cache-Control").orElse("").split(","))
                    .contains("no-store"); // Jetty adds to it in a page
            assertThat(reply.field("Set-Cookie")).isEmpty();
            return reply;
        }
    }

    private static void assertIsComplete(HttpReply reply) {
        int length = reply.body().getBytes(StandardCharsets.UTF_8).length;
        assertThat(reply.field("Content-Length")).contains(Integer.toString(length));
        assertThat(reply.field("Transfer-Encoding")).isEmpty();
    }

    private static HttpReply exchange(RawHttp connection, String method, Site site, String client, int bodyLength) {
        connection.write(head(method, site, client, bodyLength) + "x".repeat(bodyLength));
        return connection.read();
    }

    private static String head(String method, Site site, String client, int bodyLength, String... headerLines) {
        StringBuilder head = new StringBuilder(method + " " + site.contextPath() + "/x HTTP/1.1\r\n");
        head.append("Host: ").append(Loopback.HOST).append("\r\n");
        head.append("X-Client: ").append(client).append("\r\n");
        if (bodyLength > 0) {
            head.append("Content-Length: ").append(bodyLength).append("\r\n");
        }
        for (String line : headerLines) {
            head.append(line).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** One whom nobody has seen. */
    private static String client() {
        return UUID.randomUUID().toString();
    }
}

package dev.sluice;

import dev.sluice.testing.HttpReply;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.WebApp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisMonitor;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Policies as an operator writes them, over HTTP and against a real Redis. */
class PoliciesIT {

    private static RedisServer redis;

    @BeforeAll
    static void startRedis() {
        redis = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void emptyRedis() {
        redis.client().flushAll();
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getSession(false) == null ? "hello" : "a session");
        }
    }

    private static WebApp app(String... params) {
        WebApp app = WebApp.with(redis).servlet("/*", new Hello());
        for (int i = 0; i < params.length; i += 2) {
            app.param(params[i], params[i + 1]);
        }
        return app;
    }

    @Test
    void aRequestRejectedByItsSecondPolicyLeavesTheFirstBucketUntouched() throws Exception {
        try (WebApp app = app(
                        "policy.all.capacity", "100",
                        "policy.all.refill", "100/1d",
                        "policy.login.paths", "/login",
                        "policy.login.capacity", "2",
                        "policy.login.refill", "2/1d")
                .start()) {
            app.get("/login");
            app.get("/login");
            assertThat(tokens("all", "127.0.0.1")).isEqualTo("98");
            HttpReply rejected = app.get("/login", "Accept: application/json");
            assertThat(rejected.status()).isEqualTo(429);
            assertThat(rejected.body()).contains("\"violated-policies\":[\"login\"]");
            assertThat(rejected.field("RateLimit").orElseThrow())
                    .startsWith("\"all\";r=98;t=")
                    .contains(", \"login\";r=0;t=");
            assertThat(tokens("all", "127.0.0.1")).isEqualTo("98");
            assertThat(app.get("/other").status()).isEqualTo(200);
        }
    }

    @Test
    void aBucketThatIsSomebodyElsesNeverChargesTheOthersForARejectedRequest() throws Exception {
        redis.client().set("rate_limit:few:{127.0.0.1}", "somebody else's");
        try (WebApp app = app(
                        "policy.all.capacity", "100",
                        "policy.all.refill", "1/1d",
                        "policy.few.capacity", "2",
                        "policy.few.refill", "1/1d")
                .start()) {
            for (int i = 0; i < 5; i++) {
                assertThat(app.get("/").status()).isEqualTo(i < 2 ? 200 : 429);
            }
            assertThat(tokens("all", "127.0.0.1")).isEqualTo("98");
        }
    }

    @Test
    void twoFiltersTellTheirLimitsSideBySide() throws Exception {
        FilterHolder second = new FilterHolder(new RateLimitFilter());
        second.setName("second");
        second.setAsyncSupported(true);
        second.setInitParameters(Map.of(
                "prefix", "other",
                "redis.address", redis.address(),
                "policy.other.capacity", "4",
                "policy.other.refill", "1/1d"));
        try (WebApp app = app("bucket.capacity", "10", "refill.rate", "0.001")) {
            app.context().addFilter(second, "/*", EnumSet.of(DispatcherType.REQUEST));
            app.start();
            HttpReply reply = app.get("/");
            assertThat(reply.fieldLines("RateLimit-Policy"))
                    .containsExactlyInAnyOrder("\"default\";q=10;w=10000", "\"other\";q=4;w=345600");
        }
    }

    @Test
    void aShadowPolicyMeasuresAndNeverShows() throws Exception {
        try (WebApp app = app(
                        "policy.trial.capacity", "1",
                        "policy.trial.refill", "1/1d",
                        "policy.trial.mode", "shadow")
                .start()) {
            for (int i = 0; i < 3; i++) {
                HttpReply reply = app.get("/");
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.field("RateLimit")).isEmpty();
                assertThat(reply.field("RateLimit-Policy")).isEmpty();
            }
            assertThat(tokens("trial", "127.0.0.1")).isEqualTo("0");
        }
    }

    @Test
    void eachApiKeyHasItsBucketAndAMissingOneFallsBackToTheAddress() throws Exception {
        try (WebApp app = app(
                        "policy.api.key", "header:X-API-Key,ip",
                        "policy.api.capacity", "1",
                        "policy.api.refill", "1/1d")
                .start()) {
            assertThat(app.get("/", "X-API-Key: one").status()).isEqualTo(200);
            assertThat(app.get("/", "X-API-Key: one").status()).isEqualTo(429);
            assertThat(app.get("/", "X-API-Key: two").status()).isEqualTo(200);
            assertThat(app.get("/").status()).isEqualTo(200);
            assertThat(app.get("/").status()).isEqualTo(429);
            assertThat(redis.client().exists("rate_limit:api:{127.0.0.1}")).isTrue();
        }
    }

    @Test
    void forwardedHeadersOfAStrangerChangeNothing() throws Exception {
        try (WebApp app = app("bucket.capacity", "3", "refill.rate", "0.001").start()) {
            List<Integer> statuses = IntStream.range(0, 50)
                    .mapToObj(i -> app.get(
                                    "/",
                                    "X-Forwarded-For: 198.51.100." + i,
                                    "Forwarded: for=198.51.100." + i,
                                    "X-Real-IP: 198.51.100." + i,
                                    "True-Client-IP: 198.51.100." + i,
                                    "CF-Connecting-IP: 198.51.100." + i)
                            .status())
                    .toList();
            assertThat(statuses.stream().filter(status -> status == 200)).hasSize(3);
            assertThat(buckets()).containsExactly("rate_limit:127.0.0.1");
        }
    }

    @Test
    void behindATrustedProxyEachClientHasItsBucket() throws Exception {
        try (WebApp app = app(
                        "trusted-proxies", "127.0.0.0/8, 10.0.0.0/8",
                        "bucket.capacity", "1",
                        "refill.rate", "0.001")
                .start()) {
            assertThat(app.get("/", "X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.1.1.1")
                            .status())
                    .isEqualTo(200);
            assertThat(app.get("/", "X-Forwarded-For: 7.7.7.7, 203.0.113.7").status())
                    .isEqualTo(429);
            assertThat(app.get("/", "X-Forwarded-For: 2001:db8:0:1::a").status())
                    .isEqualTo(200);
            assertThat(app.get("/", "X-Forwarded-For: 2001:db8:0:1::b").status())
                    .isEqualTo(429);
            assertThat(app.get("/").status()).as("the header was stripped").isEqualTo(200);
            assertThat(app.get("/").status()).isEqualTo(429);
            assertThat(buckets())
                    .containsExactlyInAnyOrder(
                            "rate_limit:203.0.113.7", "rate_limit:2001:db8:0:1::/64", "rate_limit:127.0.0.1");
        }
    }

    @Test
    void exemptClientsMeetNoPolicy() throws Exception {
        try (WebApp app = app("exempt", "127.0.0.0/8", "bucket.capacity", "1").start()) {
            for (int i = 0; i < 5; i++) {
                assertThat(app.get("/").status()).isEqualTo(200);
            }
            assertThat(app.get("/").field("RateLimit")).isEmpty();
            assertThat(buckets()).isEmpty();
        }
    }

    @Test
    void aFilterThatIsNotEnabledDoesNothing() throws Exception {
        try (WebApp app = app("enabled", "false", "bucket.capacity", "1").start()) {
            for (int i = 0; i < 5; i++) {
                assertThat(app.get("/").status()).isEqualTo(200);
            }
            assertThat(app.get("/").field("RateLimit")).isEmpty();
        }
    }

    @Test
    void readingASessionKeyNeverCreatesASession() throws Exception {
        try (WebApp app = app(
                        "policy.user.key", "session,ip",
                        "policy.user.capacity", "100",
                        "policy.user.refill", "1/1s")
                .start()) {
            for (int i = 0; i < 20; i++) {
                HttpReply reply = app.get("/");
                assertThat(reply.body()).isEqualTo("hello");
                assertThat(reply.field("Set-Cookie")).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/login/", "//login", "/login;x=1", "/%6cogin", "/./login", "/a/../login"})
    void noSpellingOfAPathSlipsPast(String path) throws Exception {
        try (WebApp app = app(
                        "policy.login.paths", "/login",
                        "policy.login.capacity", "5",
                        "policy.login.refill", "5/1d")
                .start()) {
            HttpReply reply = RawHttp.send(app.port(), "GET " + path + " HTTP/1.1", "Host: localhost");
            if (reply.status() == 200) {
                assertThat(tokens("login", "127.0.0.1")).isEqualTo("4");
            } else {
                assertThat(reply.status()).isIn(400, 404);
            }
        }
    }

    @Test
    void twoHundredRequestsAtOnceGetExactlyTheCapacity() throws Exception {
        // A deadline for slow machines: this is about the answers, not about the time they take.
        try (WebApp app = app("bucket.capacity", "10", "refill.rate", "0.001", "redis.deadline", "5s")
                .start()) {
            List<RawHttp> clients = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                RawHttp client = RawHttp.connect(app.port());
                client.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r");
                clients.add(client);
            }
            clients.forEach(client -> client.write("\n"));
            List<Integer> statuses =
                    clients.stream().map(client -> client.read().status()).toList();
            clients.forEach(RawHttp::close);
            assertThat(statuses.stream().filter(status -> status == 200)).hasSize(10);
            assertThat(statuses.stream().filter(status -> status == 429)).hasSize(190);
        }
    }

    @Test
    void noSecretOfAClientReachesRedis() throws Exception {
        List<String> secrets = List.of("key-4711", "cookie-4712", "query-4713");
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Jedis monitor = new Jedis("127.0.0.1", redis.port());
                WebApp app = app(
                                "policy.all.key", "header:X-API-Key+cookie:id+query:q+path+host",
                                "policy.all.capacity", "10",
                                "policy.all.refill", "10/1d")
                        .start()) {
            Thread watching = new Thread(() -> monitor.monitor(new JedisMonitor() {
                @Override
                public void onCommand(String command) {
                    seen.add(command);
                }
            }));
            watching.setDaemon(true);
            watching.start();
            Awaitility.await().until(() -> {
                redis.client().get("is monitored");
                return seen.stream().anyMatch(command -> command.contains("is monitored"));
            });
            app.get("/path-4714?q=query-4713", "X-API-Key: key-4711", "Cookie: id=cookie-4712");
            Awaitility.await().until(() -> seen.stream().anyMatch(command -> command.contains("rate_limit:all:{")));
            assertThat(seen).noneMatch(command -> secrets.stream().anyMatch(command::contains));
            assertThat(seen).noneMatch(command -> command.contains("path-4714"));
        }
    }

    @Test
    void aChangedLimitIsInForceWithoutRestartAndBucketsAreKept(@TempDir Path classes) throws Exception {
        Path file = Files.createDirectories(classes.resolve("META-INF")).resolve("microprofile-config.properties");
        Files.writeString(file, "ratelimit.bucket.capacity = 10\nratelimit.refill.rate = 0.001\n");
        try (URLClassLoader application = new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
                WebApp app = app("reload-every", "1s")) {
            app.context().setClassLoader(application);
            app.start();
            for (int i = 0; i < 4; i++) {
                app.get("/");
            }
            assertThat(app.get("/").field("RateLimit").orElseThrow()).startsWith("\"default\";r=5;");

            Files.writeString(file, "ratelimit.bucket.capacity = none\nratelimit.refill.rate = 0.001\n");
            Files.writeString(file, "ratelimit.bucket.capacity = 3\nratelimit.refill.rate = 0.001\n");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(
                                    app.get("/").field("RateLimit-Policy").orElseThrow())
                            .startsWith("\"default\";q=3;"));
            assertThat(Integer.parseInt(redis.client().hget("rate_limit:127.0.0.1", "tokens")))
                    .isLessThan(3);
        }
    }

    /** Of clients: not that by which the filter asks whether Redis is well. */
    private static Set<String> buckets() {
        Set<String> keys = new TreeSet<>(redis.client().keys("rate_limit:*"));
        keys.remove("rate_limit:~probe");
        return keys;
    }

    private static String tokens(String policy, String client) {
        return redis.client().hget("rate_limit:" + policy + ":{" + client + "}", "tokens");
    }
}

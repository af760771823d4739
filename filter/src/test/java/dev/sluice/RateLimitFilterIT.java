package dev.sluice;

import dev.sluice.limiter.Verdict;
import dev.sluice.testing.HttpReply;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.WebApp;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RateLimitFilterIT {

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

    /** Says what it is asked to do by its path. */
    private static final class Demo extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            switch (request.getPathInfo() == null ? "" : request.getPathInfo()) {
                case "/forward" -> request.getRequestDispatcher("/api/forward2").forward(request, response);
                case "/forward2" -> request.getRequestDispatcher("/api").forward(request, response);
                case "/include" -> request.getRequestDispatcher("/api").include(request, response);
                case "/error" -> response.sendError(500);
                case "/throw" -> throw new ServletException("on purpose");
                case "/async" -> async(request, response);
                case "/verdict" ->
                    response.getWriter()
                            .print(((Verdict) request.getAttribute(RateLimitFilter.VERDICT))
                                    .enforced()
                                    .get(0)
                                    .decision()
                                    .remaining());
                default -> response.getWriter().print("Request allowed");
            }
        }

        private static void async(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                response.getWriter().print("Request allowed");
                return;
            }
            AsyncContext async = request.startAsync();
            async.start(async::dispatch);
        }
    }

    private static WebApp app() {
        return WebApp.with(redis).servlet("/api/*", new Demo());
    }

    private static WebApp slowApp() {
        return app().param("bucket.capacity", "3").param("refill.rate", "0.01");
    }

    @Test
    void permitsTenThenRejects() throws Exception {
        try (WebApp app = app().start()) {
            List<Integer> statuses = java.util.stream.IntStream.range(0, 20)
                    .mapToObj(i -> app.get("/api").status())
                    .toList();
            assertThat(statuses.subList(0, 10)).containsOnly(200);
            assertThat(statuses.stream().filter(status -> status == 429).count())
                    .isBetween(9L, 10L);
            assertThat(redis.client().hgetAll("rate_limit:127.0.0.1")).containsKeys("tokens", "last_refill");
        }
    }

    @Test
    void tellsTheLimitOnEveryResponse() throws Exception {
        try (WebApp app = slowApp().start()) {
            HttpReply first = app.get("/api");
            assertThat(first.field("RateLimit-Policy")).contains("\"default\";q=3;w=300");
            assertThat(first.field("RateLimit")).contains("\"default\";r=2;t=100");
            assertThat(first.field("Retry-After")).isEmpty();
            app.get("/api");
            app.get("/api");
            HttpReply rejected = app.get("/api");
            assertThat(rejected.status()).isEqualTo(429);
            assertThat(rejected.field("RateLimit-Policy")).contains("\"default\";q=3;w=300");
            assertThat(rejected.field("RateLimit")).contains("\"default\";r=0;t=100");
            assertThat(rejected.field("Retry-After")).contains("100");
            assertThat(rejected.field("Cache-Control")).contains("no-store");
            assertThat(rejected.field("Set-Cookie")).isEmpty();
            assertThat(rejected.field("Content-Type").orElseThrow()).isEqualToIgnoringCase("text/plain;charset=UTF-8");
            assertThat(rejected.body()).startsWith("429 Too Many Requests\n");
        }
    }

    @Test
    void answersInJsonToWhoPrefersIt() throws Exception {
        try (WebApp app = slowApp().start()) {
            exhaust(app);
            HttpReply rejected = app.get("/api", "Accept: application/json");
            assertThat(rejected.status()).isEqualTo(429);
            assertThat(rejected.field("Content-Type")).contains("application/problem+json");
            assertThat(rejected.body())
                    .isEqualTo("{\"type\":\"https://iana.org/assignments/http-problem-types#quota-exceeded\","
                            + "\"title\":\"Quota Exceeded\",\"status\":429,\"detail\":\"Try again in 100 seconds.\","
                            + "\"violated-policies\":[\"default\"]}");
        }
    }

    @Test
    void leavesTheAnswerToAnErrorPageIfTold() throws Exception {
        HttpServlet page = new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getWriter().print("our own page");
            }
        };
        try (WebApp app = slowApp()
                .param("rejection", "error-page")
                .servlet("/busy", page)
                .errorPage(429, "/busy")
                .start()) {
            exhaust(app);
            HttpReply rejected = app.get("/api");
            assertThat(rejected.status()).isEqualTo(429);
            assertThat(rejected.body()).isEqualTo("our own page");
            assertThat(rejected.field("Retry-After")).contains("100");
            assertThat(rejected.field("RateLimit")).contains("\"default\";r=0;t=100");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/forward", "/api/include", "/api/error", "/api/throw", "/api/async"})
    void chargesARequestOnceHoweverItIsDispatched(String path) throws Exception {
        try (WebApp app = app().param("refill.rate", "0.01").start()) {
            for (int used = 1; used <= 10; used++) {
                assertThat(app.get(path).status()).isNotEqualTo(429);
                assertThat(redis.client().hget("rate_limit:127.0.0.1", "tokens"))
                        .isEqualTo(Integer.toString(10 - used));
            }
            assertThat(app.get(path).status()).isEqualTo(429);
        }
    }

    @Test
    void obeyingRetryAfterOnceAlwaysSucceeds() throws Exception {
        try (WebApp app =
                app().param("bucket.capacity", "1").param("refill.rate", "9.7").start()) {
            for (int round = 0; round < 20; round++) {
                HttpReply rejected = app.get("/api");
                while (rejected.status() != 429) { // until it is empty
                    rejected = app.get("/api");
                }
                long seconds = Long.parseLong(rejected.field("Retry-After").orElse("0"));
                assertThat(seconds).isEqualTo(1);
                long until = System.nanoTime() + seconds * 1_000_000_000L;
                org.awaitility.Awaitility.await()
                        .pollInterval(java.time.Duration.ofMillis(5))
                        .until(() -> System.nanoTime() - until >= 0);
                assertThat(app.get("/api").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void givesTheApplicationTheVerdict() throws Exception {
        try (WebApp app = slowApp().start()) {
            assertThat(app.get("/api/verdict").body()).isEqualTo("2");
            assertThat(app.get("/api/verdict").body()).isEqualTo("1");
        }
    }

    @ParameterizedTest(name = "{0} costs {1}")
    @CsvSource({"5, 5", "0, 0", "10, 10", "1000, 10"})
    void takesTheCostThatAnEarlierFilterSays(long said, long taken) throws Exception {
        try (WebApp app = app().param("refill.rate", "0.01")
                .filter((request, response, chain) -> {
                    request.setAttribute(RateLimitFilter.COST, said);
                    chain.doFilter(request, response);
                })
                .start()) {
            assertThat(app.get("/api/verdict").body()).isEqualTo(Long.toString(10 - taken));
        }
    }

    @Test
    void twoServersShareOneBucket() throws Exception {
        try (WebApp one = slowApp().start();
                WebApp other = slowApp().start()) {
            assertThat(one.get("/api").status()).isEqualTo(200);
            assertThat(other.get("/api").status()).isEqualTo(200);
            assertThat(one.get("/api").status()).isEqualTo(200);
            assertThat(other.get("/api").status()).isEqualTo(429);
            assertThat(one.get("/api").status()).isEqualTo(429);
        }
    }

    @Test
    void limitsOnItsOwnWhileRedisIsAway() throws Exception {
        RedisServer gone = RedisServer.start();
        gone.close();
        try (WebApp app = WebApp.with(gone)
                .servlet("/api/*", new Demo())
                .param("bucket.capacity", "3")
                .param("refill.rate", "0.01")
                .start()) {
            exhaust(app);
            assertThat(app.get("/api").status()).isEqualTo(429);
        }
    }

    @Test
    void refusesToStartWithEveryMistakeAtOnce() {
        assertThatThrownBy(() -> app().param("bucket.capacity", "0")
                        .param("refill.rate", "fast")
                        .param("bucket.capcity", "5")
                        .start())
                .hasMessageContaining("bucket.capacity = \"0\"")
                .hasMessageContaining("refill.rate = \"fast\"")
                .hasMessageContaining("did you mean bucket.capacity?");
    }

    private static void exhaust(WebApp app) {
        for (int i = 0; i < 3; i++) {
            assertThat(app.get("/api").status()).isEqualTo(200);
        }
    }
}

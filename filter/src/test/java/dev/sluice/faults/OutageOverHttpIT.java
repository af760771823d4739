package dev.sluice.faults;

import dev.sluice.testing.Fault;
import dev.sluice.testing.FaultProxy;
import dev.sluice.testing.HttpReply;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.WebApp;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What users see of an outage. */
class OutageOverHttpIT {

    private enum Outage {
        KILLED,
        FROZEN,
        GARBAGE,
        RESET;

        void befall(RedisServer redis, FaultProxy proxy) {
            switch (this) {
                case KILLED -> redis.kill();
                case FROZEN -> redis.freeze();
                case GARBAGE -> proxy.fault(Fault.garbage());
                case RESET -> {
                    proxy.refuseConnects();
                    proxy.resetConnections();
                }
            }
        }

        void end(RedisServer redis, FaultProxy proxy) {
            switch (this) {
                case KILLED -> redis.restart();
                case FROZEN -> redis.thaw();
                case GARBAGE, RESET -> proxy.heal();
            }
        }
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("hello");
        }
    }

    private static WebApp app(FaultProxy proxy, String onFailure) throws Exception {
        return new WebApp()
                .param("redis.address", proxy.address())
                .param("bucket.capacity", "3")
                .param("refill.rate", "0.01")
                .param("on-failure", onFailure)
                .servlet("/*", new Hello())
                .start();
    }

    @ParameterizedTest
    @EnumSource
    void eachModeAnswersAsDesignedAndIsDistributedAgainAfterwards(Outage outage) throws Exception {
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(redis);
                LogLines log = LogLines.capture();
                WebApp local = app(proxy, "local");
                WebApp permit = app(proxy, "permit");
                WebApp reject = app(proxy, "reject")) {
            assertThat(local.get("/").status()).isEqualTo(200);
            outage.befall(redis, proxy);

            List<HttpReply> localReplies = ask(local, 8);
            assertThat(localReplies).extracting(HttpReply::status).containsOnly(200, 429);
            assertThat(localReplies.stream().filter(reply -> reply.status() == 200))
                    .hasSize(3)
                    .allMatch(reply -> reply.field("RateLimit").isPresent());
            assertThat(ask(permit, 8)).allSatisfy(reply -> {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.field("RateLimit")).isEmpty();
                assertThat(reply.field("RateLimit-Policy")).isEmpty();
            });
            assertThat(ask(reject, 8)).allSatisfy(reply -> {
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.field("RateLimit")).isEmpty();
                assertThat(reply.field("RateLimit-Policy")).isEmpty();
                assertThat(reply.field("Retry-After").orElseThrow()).matches("[1-5]");
                assertThat(reply.field("Content-Type")).contains("application/problem+json");
                assertThat(reply.body()).contains("#temporary-reduced-capacity").doesNotContainIgnoringCase("redis");
            });
            assertThat(log.containing(": limiting per server until it answers")).hasSize(1);
            assertThat(log.containing(": letting requests pass until it answers"))
                    .hasSize(1);
            assertThat(log.containing(": answering 503 until it answers")).hasSize(1);

            outage.end(redis, proxy);
            long ended = System.nanoTime();
            Scene.await(() -> reject.get("/", "Accept: application/json").status() != 503);
            System.out.println("MEASURED " + outage + " over HTTP, distributed again after "
                    + Scene.millis(Duration.ofNanos(System.nanoTime() - ended)));
            Scene.await(() -> permit.get("/").field("RateLimit").isPresent());
        }
    }

    @Test
    void anOutageUnderLoadMakesAFewLines() throws Exception {
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(redis);
                WebApp app = app(proxy, "local");
                LogLines log = LogLines.capture()) {
            redis.freeze();
            long until = System.nanoTime() + 4_000_000_000L;
            while (System.nanoTime() < until) {
                app.get("/");
            }
            redis.thaw();
            Scene.await(() -> !log.containing("answers again").isEmpty());
            log.all().forEach(line -> System.out.println("MEASURED log: " + line));
            assertThat(log.containing("Policy default rejects rate_limit:127.0.0.1"))
                    .hasSize(1);
            assertThat(log.containing("unavailable (no reply in 150 ms): limiting per server until it answers"))
                    .hasSize(1);
            assertThat(log.all()).hasSizeLessThanOrEqualTo(4);
        }
    }

    /**
     * The lines of the first 12 s tell those of a minute: one when it begins, one when it ends, and those of rejections,
     * which come again every 10 s, so at 0, 10, ... and 60 s.
     */
    @Test
    void aMinuteOfOutageUnderTwoPoliciesMakesTenLinesAtMost() throws Exception {
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(redis);
                WebApp app = new WebApp()
                        .param("redis.address", proxy.address())
                        .param("policy.burst.capacity", "3")
                        .param("policy.burst.refill", "1/100s")
                        .param("policy.steady.capacity", "3")
                        .param("policy.steady.refill", "1/100s")
                        .servlet("/*", new Hello())
                        .start();
                LogLines log = LogLines.capture()) {
            redis.freeze();
            long until = System.nanoTime() + 12_000_000_000L;
            while (System.nanoTime() < until) {
                app.get("/");
                Scene.pause(Duration.ofMillis(2)); // 400 a second
            }
            redis.thaw();
            Scene.await(() -> !log.containing("answers again").isEmpty());
            log.all().forEach(line -> System.out.println("MEASURED log: " + line));
            long rejections = log.all().stream()
                    .filter(line -> line.contains("reject") && !line.contains("Redis at"))
                    .count();
            long others = log.all().size() - rejections;
            assertThat(rejections).isPositive().isEven(); // two rounds, at 0 s and at 10 s
            assertThat(others + rejections / 2 * 7).as("lines in a minute").isLessThanOrEqualTo(10);
        }
    }

    private static List<HttpReply> ask(WebApp app, int times) {
        List<HttpReply> replies = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            replies.add(app.get("/", "Accept: application/json"));
        }
        return replies;
    }
}

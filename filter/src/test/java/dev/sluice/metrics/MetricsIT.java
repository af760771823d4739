package dev.sluice.metrics;

import dev.sluice.store.FaultKind;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.WebApp;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** All three systems show, to the last request, what clients saw. */
class MetricsIT {

    private static final Map<String, Long> CAPACITIES =
            Map.of("open", 1_000_000L, "tight", 20L, "team", 30L, "watched", 10L, "login", 50_000L, "free", 50_000L);

    private static final int OF_A_POLICY = 5 + 3 + 1; // outcomes, failure modes, near the limit
    private static final int OF_THE_STORE = 6 + 5 + 15 + 11; // single ones, kinds of faults, two histograms

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InMemoryMetricReader exporter = InMemoryMetricReader.create();
    private final OpenTelemetrySdk openTelemetry = OpenTelemetrySdk.builder()
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(exporter).build())
            .build();
    private RedisServer redis;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
    }

    @AfterEach
    void stop() {
        openTelemetry.close();
        redis.close();
    }

    @Test
    void everySystemShowsWhatClientsSaw() throws Exception {
        try (WebApp app = app().start()) {
            ClientTally tally = new ClientTally(CAPACITIES);
            ClientLoad.send(app, tally, "203.0.113.");
            for (Reading reading : readings()) {
                check(reading, tally, 1);
                checkStore(reading);
                for (String policy : CAPACITIES.keySet()) {
                    assertThat(degraded(reading, policy)).isZero();
                }
            }
            ClientTally outage = new ClientTally(CAPACITIES);
            redis.kill();
            ClientLoad.send(app, outage, "198.51.100."); // others, of whom no rejection is remembered
            for (Reading reading : readings()) {
                checkOutage(reading, tally, outage);
            }
            assertThat(readings())
                    .extracting(Reading::size)
                    .containsOnly(OF_A_POLICY * CAPACITIES.size() + OF_THE_STORE);
        }
        assertThat(JmxReading.of("/", "rate-limit").isThere()).isFalse();
        assertThat(prometheus.getMeters()).isEmpty();
        assertThat(exporter.collectAllMetrics()).isEmpty();
    }

    @Test
    void aPolicyThatIsAddedLaterIsShownAndTheOthersGoOnCounting() throws Exception {
        System.setProperty("ratelimit.reload-every", "1s");
        try (WebApp app = app().start()) {
            app.get("/open");
            System.setProperty("ratelimit.policy.late.paths", "/open");
            System.setProperty("ratelimit.policy.late.capacity", "5");
            System.setProperty("ratelimit.policy.late.refill", "1/1h");
            Awaitility.await().until(() -> prometheus.scrape().contains("policy=\"late\""));
            app.get("/open");
            for (Reading reading : readings()) {
                assertThat(requests(reading, "open", "permitted")).isEqualTo(2);
                assertThat(requests(reading, "late", "permitted")).isEqualTo(1);
            }
        } finally {
            System.getProperties().keySet().removeIf(name -> name.toString().startsWith("ratelimit."));
        }
    }

    @Test
    void twoApplicationsOfOneNameAndTwoFiltersInOneKeepTheirFiguresApart() throws Exception {
        try (WebApp one = app().start();
                WebApp other = app().start();
                WebApp third = app().named("another").start()) {
            one.get("/open");
            other.get("/open");
            other.get("/open");
            for (Reading reading : readings("rate-limit")) {
                assertThat(requests(reading, "open", "permitted")).isEqualTo(1);
            }
            for (Reading reading : readings("rate-limit#2")) {
                assertThat(requests(reading, "open", "permitted")).isEqualTo(2);
            }
            for (Reading reading : readings("another")) {
                assertThat(requests(reading, "open", "permitted")).isZero();
            }
            assertThat(third.get("/open").status()).isEqualTo(200);
        }
    }

    /** After healthy load, in which nothing is degraded. */
    private static void check(Reading reading, ClientTally tally, int phases) {
        for (String policy : CAPACITIES.keySet()) {
            if (policy.equals("watched")) {
                continue;
            }
            assertThat(requests(reading, policy, "permitted")).isEqualTo(tally.of(policy, "permitted"));
            assertThat(requests(reading, policy, "rejected")).isEqualTo(tally.of(policy, "rejected"));
            assertThat(requests(reading, policy, "uncharged")).isEqualTo(tally.of(policy, "uncharged"));
            assertThat(reading.of("sluice.requests.near_limit", "policy", policy))
                    .isEqualTo(tally.of(policy, "near-limit"));
        }
        checkWatched(reading, phases);
        assertThat(tally.of("team", "rejected")).isPositive();
        assertThat(tally.of("tight", "uncharged")).isPositive();
        assertThat(tally.of("tight", "near-limit")).isPositive();
    }

    /** Clients see nothing of it; but each has sent the same number of requests, of which the bucket holds its capacity. */
    private static void checkWatched(Reading reading, int phases) {
        long capacity = CAPACITIES.get("watched");
        long clients = ClientLoad.CLIENTS;
        long sent = ClientLoad.SENT_TO_A_PATH / clients;
        assertThat(requests(reading, "watched", "permitted")).isEqualTo(phases * clients * capacity);
        assertThat(requests(reading, "watched", "shadow-rejected")).isEqualTo(phases * clients * (sent - capacity));
        assertThat(reading.of("sluice.requests.near_limit", "policy", "watched"))
                .isEqualTo(phases * clients * 2L);
    }

    private static void checkStore(Reading reading) {
        double decisions = reading.of("sluice.store.decisions");
        double calls = reading.of("sluice.store.calls");
        assertThat(decisions + reading.of("sluice.requests.remembered")).isEqualTo(ClientLoad.SENT);
        assertThat(reading.of("sluice.requests.remembered")).isPositive();
        assertThat(reading.of("sluice.store.calls.requests")).isEqualTo(decisions);
        assertThat(calls).isBetween(1.0, decisions);
        assertThat(reading.of("sluice.store.decisions.within", "le", "+Inf")).isEqualTo(decisions);
        assertThat(reading.of("sluice.store.decisions.within", "le", "10")).isEqualTo(decisions);
        assertThat(reading.of("sluice.store.calls.within", "le", "+Inf")).isEqualTo(calls);
        assertThat(reading.of("sluice.store.decisions.time")).isBetween(decisions * 0.00001, decisions * 10);
        assertThat(reading.of("sluice.store.breaker.open")).isZero();
        for (FaultKind kind : FaultKind.values()) {
            assertThat(reading.of("sluice.store.faults", "kind", kind.name().toLowerCase(Locale.ROOT)))
                    .isZero();
        }
    }

    /** Redis is gone before the first request: no policy had a decision for any of them. */
    private static void checkOutage(Reading reading, ClientTally before, ClientTally outage) {
        for (String policy : List.of("open", "tight", "team")) {
            assertThat(reading.of("sluice.requests.degraded", "policy", policy, "mode", "local"))
                    .isEqualTo(ClientLoad.sentTo(policy));
            for (String outcome : List.of("permitted", "rejected", "uncharged")) {
                assertThat(requests(reading, policy, outcome))
                        .isEqualTo(before.of(policy, outcome) + outage.of(policy, outcome));
            }
            assertThat(reading.of("sluice.requests.near_limit", "policy", policy))
                    .isEqualTo(before.of(policy, "near-limit") + outage.of(policy, "near-limit"));
        }
        checkWatched(reading, 2);
        assertThat(reading.of("sluice.requests.degraded", "policy", "login", "mode", "reject"))
                .isEqualTo(ClientLoad.sentTo("login"));
        assertThat(requests(reading, "login", "unavailable"))
                .isEqualTo(outage.of("login", "503"))
                .isEqualTo(ClientLoad.sentTo("login"));
        assertThat(reading.of("sluice.requests.degraded", "policy", "free", "mode", "permit"))
                .isEqualTo(ClientLoad.sentTo("free"));
        assertThat(requests(reading, "free", "uncharged"))
                .isEqualTo(outage.of("free", "503"))
                .isPositive();
        assertThat(requests(reading, "free", "permitted"))
                .isEqualTo(before.of("free", "permitted") + outage.of("free", "permitted"));
        assertThat(reading.of("sluice.store.breaker.open")).isEqualTo(1);
        assertThat(reading.of("sluice.store.faults", "kind", "disconnected")).isPositive();
    }

    private static double requests(Reading reading, String policy, String outcome) {
        return reading.of("sluice.requests", "policy", policy, "outcome", outcome);
    }

    private static double degraded(Reading reading, String policy) {
        return List.of("local", "permit", "reject").stream()
                .mapToDouble(mode -> reading.of("sluice.requests.degraded", "policy", policy, "mode", mode))
                .sum();
    }

    private List<Reading> readings() {
        return readings("rate-limit");
    }

    private List<Reading> readings(String filter) {
        return List.of(
                JmxReading.of("/", filter),
                PrometheusReading.of(prometheus.scrape(), "/", filter),
                OpenTelemetryReading.of(exporter, "/", filter));
    }

    private WebApp app() {
        WebApp app = WebApp.with(redis)
                .param("redis.deadline", "10s") // a busy machine is no outage
                .param("trusted-proxies", "127.0.0.1")
                .param("policy.open.paths", "/open")
                .param("policy.tight.paths", "/tight/*")
                .param("policy.team.paths", "/tight/team")
                .param("policy.team.key", "all")
                .param("policy.watched.paths", "/watched")
                .param("policy.watched.mode", "shadow")
                .param("policy.login.paths", "/login, /both")
                .param("policy.login.on-failure", "reject")
                .param("policy.free.paths", "/free, /both")
                .param("policy.free.on-failure", "permit")
                .servlet("/*", new Hello());
        CAPACITIES.forEach((policy, capacity) -> app.param("policy." + policy + ".capacity", capacity.toString())
                .param("policy." + policy + ".refill", "1/1h"));
        app.context().setAttribute(Metrics.METER_REGISTRY, prometheus);
        app.context().setAttribute(Metrics.OPEN_TELEMETRY, openTelemetry);
        return app;
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("hello");
        }
    }
}

package dev.sluice.metrics;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

import static org.assertj.core.api.Assertions.assertThat;

/** All three systems show, to the last request, what clients saw. */
class MetricsIT {

    private static final int THREADS = 8;
    private static final int CLIENTS = 5;
    private static final int ROUNDS = 40;

    private static final Map<String, Long> CAPACITIES =
            Map.of("open", 1_000_000L, "tight", 20L, "team", 30L, "watched", 10L, "login", 50_000L, "free", 50_000L);

    /** Which enforced policies govern a path; {@code /watched} is governed by a shadow policy alone. */
    private static final Map<String, List<String>> PATHS = Map.of(
            "/open", List.of("open"),
            "/tight/alone", List.of("tight"),
            "/tight/team", List.of("tight", "team"),
            "/watched", List.of(),
            "/login", List.of("login"),
            "/free", List.of("free"),
            "/both", List.of("login", "free"));

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InMemoryMetricReader exporter = InMemoryMetricReader.create();
    private final OpenTelemetrySdk openTelemetry = OpenTelemetrySdk.builder()
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(exporter).build())
            .build();
    private RedisServer redis;
    private ExecutorService clients;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        clients = Executors.newFixedThreadPool(THREADS);
    }

    @AfterEach
    void stop() {
        clients.shutdownNow();
        openTelemetry.close();
        redis.close();
    }

    @Test
    void everySystemShowsWhatClientsSaw() throws Exception {
        try (WebApp app = app().start()) {
            ClientTally tally = new ClientTally(CAPACITIES);
            load(app, tally, "203.0.113.");
            for (Reading reading : readings()) {
                check(reading, tally, 1);
                checkStore(reading);
                for (String policy : CAPACITIES.keySet()) {
                    assertThat(degraded(reading, policy)).isZero();
                }
            }
            ClientTally outage = new ClientTally(CAPACITIES);
            redis.kill();
            load(app, outage, "198.51.100."); // others, of whom no rejection is remembered
            for (Reading reading : readings()) {
                checkOutage(reading, tally, outage);
            }
            assertThat(readings()).extracting(Reading::size).containsOnly(CAPACITIES.size() * 9 + 6 + 5 + 15 + 11);
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
            org.awaitility.Awaitility.await().until(() -> prometheus.scrape().contains("policy=\"late\""));
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
        long sent = (long) THREADS * ROUNDS / CLIENTS;
        assertThat(requests(reading, "watched", "permitted")).isEqualTo(phases * CLIENTS * capacity);
        assertThat(requests(reading, "watched", "shadow-rejected")).isEqualTo(phases * CLIENTS * (sent - capacity));
        assertThat(reading.of("sluice.requests.near_limit", "policy", "watched"))
                .isEqualTo(phases * CLIENTS * 2L);
    }

    private static void checkStore(Reading reading) {
        long sent = (long) PATHS.size() * THREADS * ROUNDS;
        double decisions = reading.of("sluice.store.decisions");
        double calls = reading.of("sluice.store.calls");
        assertThat(decisions + reading.of("sluice.requests.remembered")).isEqualTo(sent);
        assertThat(reading.of("sluice.requests.remembered")).isPositive();
        assertThat(reading.of("sluice.store.calls.requests")).isEqualTo(decisions);
        assertThat(calls).isBetween(1.0, decisions);
        assertThat(reading.of("sluice.store.decisions.within", "le", "+Inf")).isEqualTo(decisions);
        assertThat(reading.of("sluice.store.decisions.within", "le", "10")).isEqualTo(decisions);
        assertThat(reading.of("sluice.store.calls.within", "le", "+Inf")).isEqualTo(calls);
        assertThat(reading.of("sluice.store.decisions.time")).isBetween(decisions * 0.00001, decisions * 10);
        assertThat(reading.of("sluice.store.breaker.open")).isZero();
        for (FaultKindText kind : FaultKindText.values()) {
            assertThat(reading.of("sluice.store.faults", "kind", kind.name())).isZero();
        }
    }

    private enum FaultKindText {
        disconnected,
        late,
        garbage,
        refused,
        misconfigured
    }

    /** Redis is gone before the first request: no policy had a decision for any of them. */
    private static void checkOutage(Reading reading, ClientTally before, ClientTally outage) {
        ToDoubleFunction<String> sentTo = policy -> PATHS.values().stream()
                        .filter(policies -> policies.contains(policy))
                        .count()
                * THREADS
                * ROUNDS;
        for (String policy : List.of("open", "tight", "team")) {
            assertThat(reading.of("sluice.requests.degraded", "policy", policy, "mode", "local"))
                    .isEqualTo(sentTo.applyAsDouble(policy));
            for (String outcome : List.of("permitted", "rejected", "uncharged")) {
                assertThat(requests(reading, policy, outcome))
                        .isEqualTo(before.of(policy, outcome) + outage.of(policy, outcome));
            }
            assertThat(reading.of("sluice.requests.near_limit", "policy", policy))
                    .isEqualTo(before.of(policy, "near-limit") + outage.of(policy, "near-limit"));
        }
        checkWatched(reading, 2);
        assertThat(reading.of("sluice.requests.degraded", "policy", "login", "mode", "reject"))
                .isEqualTo(sentTo.applyAsDouble("login"));
        assertThat(requests(reading, "login", "unavailable"))
                .isEqualTo(outage.of("login", "503"))
                .isEqualTo(sentTo.applyAsDouble("login"));
        assertThat(reading.of("sluice.requests.degraded", "policy", "free", "mode", "permit"))
                .isEqualTo(sentTo.applyAsDouble("free"));
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

    /** Every thread sends the same number of requests to each path, for each of the clients. */
    private void load(WebApp app, ClientTally tally, String network) throws InterruptedException, ExecutionException {
        List<Future<?>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            threads.add(clients.submit(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    String client = "X-Forwarded-For: " + network + round % CLIENTS;
                    PATHS.forEach((path, policies) ->
                            tally.count(policies, app.get(path, client, "Accept: application/json")));
                }
            }));
        }
        for (Future<?> thread : threads) {
            thread.get();
        }
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

package dev.sluice.bench;

import dev.sluice.testing.RedisServer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All contenders in all cells, round robin. */
final class SideBySide implements AutoCloseable {

    private static final int WARM_THREADS = 8;

    private final Plan plan;
    private final RedisServer server = RedisServer.start();
    private final List<Fleet> fleets = new ArrayList<>();
    private final Results results = new Results();

    SideBySide(Plan plan) {
        this.plan = plan;
        plan.limiters().forEach(limiter -> fleets.add(new Fleet(limiter, plan.jvmOptions(limiter))));
    }

    /** @throws IllegalStateException if a contender could not be run */
    Results run() throws IOException {
        for (Cell cell : plan.cells()) {
            fleets.forEach(fleet -> warm(fleet, cell.jvms()));
            if (cell.wireMillis() == 0) {
                compare(cell, server.port());
            } else {
                try (DelayProxy wire = new DelayProxy(server.port(), Duration.ofMillis(cell.wireMillis()))) {
                    compare(cell, wire.port());
                }
            }
        }
        return results;
    }

    @Override
    public void close() {
        fleets.forEach(Fleet::close);
        server.close();
    }

    private void compare(Cell cell, int port) {
        for (int round = 0; round < plan.rounds(); round++) {
            for (Fleet fleet : fleets) {
                results.add(cell, fleet.limiter(), once(fleet, cell, port));
            }
        }
        for (Fleet fleet : fleets) {
            System.out.println(summary(cell, fleet.limiter()));
        }
    }

    private Round once(Fleet fleet, Cell cell, int port) {
        server.client().flushAll();
        RedisCost costBefore = RedisCost.of(server);
        long start = System.nanoTime();
        ClosedLoop.Outcome outcome = fleet.run(
                cell.jvms(), cell.scene(), port, cell.threadsEach(), plan.warmMillis(), plan.millis());
        double seconds = (System.nanoTime() - start) / 1e9;
        RedisCost cost = RedisCost.of(server).since(costBefore).per(outcome.decisions());
        Histogram latencies = outcome.latencies();
        return new Round(
                latencies.total() * 1e3 / plan.millis(),
                latencies.micros(0.5),
                latencies.micros(0.99),
                cost,
                outcome.admitted(),
                cell.scene().bound(seconds + fleet.limiter().clockSeconds()));
    }

    /** Lets new JVMs compile what they will run. */
    private void warm(Fleet fleet, int jvms) {
        if (fleet.size() < jvms) {
            fleet.run(jvms, Scene.MANY, server.port(), WARM_THREADS, 0, plan.compileMillis());
            fleet.run(jvms, Scene.REJECTED, server.port(), WARM_THREADS, 0, plan.compileMillis());
        }
    }

    private String summary(Cell cell, Limiter limiter) {
        return String.format(
                Locale.ROOT,
                "%-45s %-50s %,12.0f/s  ours %6.2f x  p50 %8.0f  p99 %8.0f us  redis %5.1f us  script %5.1f us  %5.3f"
                        + " calls  %5.0f B%s",
                cell.title(),
                limiter.title(),
                results.median(cell, limiter, Round::perSecond).orElseThrow(),
                results.ratio(cell, limiter, Round::perSecond).orElse(Double.NaN),
                results.median(cell, limiter, Round::p50).orElseThrow(),
                results.median(cell, limiter, Round::p99).orElseThrow(),
                results.median(cell, limiter, round -> round.cost().cpuMicros()).orElseThrow(),
                results.median(cell, limiter, round -> round.cost().scriptMicros()).orElseThrow(),
                results.median(cell, limiter, round -> round.cost().scriptCalls()).orElseThrow(),
                results.median(cell, limiter, round -> round.cost().bytes()).orElseThrow(),
                results.admittedTooMuch(cell, limiter) ? "  ADMITTED TOO MUCH" : "");
    }
}

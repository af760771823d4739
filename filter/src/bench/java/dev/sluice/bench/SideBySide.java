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
    private static final int ATTEMPTS = 2;

    private final Plan plan;
    private final RedisServer server = RedisServer.start();
    private final List<Fleet> fleets = new ArrayList<>();
    private final Results<Cell, Limiter, Round> results = new Results<>(Limiter.SLUICE);

    SideBySide(Plan plan) {
        this.plan = plan;
        plan.limiters().forEach(limiter -> fleets.add(new Fleet(limiter, plan.jvmOptions(limiter))));
    }

    /** @throws IllegalStateException if a contender could not be run */
    Results<Cell, Limiter, Round> run() throws IOException {
        for (Cell cell : plan.cells()) {
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
        List<Fleet> running = new ArrayList<>(fleets);
        for (int round = 0; round < plan.rounds(); round++) {
            running.removeIf(fleet -> !takesPart(fleet, cell, port));
        }
        for (Limiter limiter : plan.limiters()) {
            if (!results.rounds(cell, limiter).isEmpty()) {
                System.out.println(summary(cell, limiter));
            }
        }
    }

    /** Runs one round, with a second try; who fails again is out of this cell, so that the rounds of the others stay in step. */
    private boolean takesPart(Fleet fleet, Cell cell, int port) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                warm(fleet, cell.jvms());
                results.add(cell, fleet.limiter(), once(fleet, cell, port));
                return true;
            } catch (IllegalStateException broken) {
                System.out.println(cell.title() + ": " + fleet.limiter().title() + ": " + broken.getMessage());
                fleet.restart();
            }
        }
        return false;
    }

    private Round once(Fleet fleet, Cell cell, int port) {
        server.client().flushAll();
        Fleet.Turn turn =
                fleet.prepare(cell.jvms(), cell.scene(), port, cell.threadsEach(), plan.warmMillis(), plan.millis());
        RedisCost costBefore = RedisCost.of(server);
        long start = System.nanoTime();
        ClosedLoop.Outcome outcome = turn.go();
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
            for (Scene scene : List.of(Scene.MANY, Scene.REJECTED)) {
                WarmUp warmUp = new WarmUp(plan.mostToWarm());
                while (warmUp.goesOn()) {
                    warmUp.add(fleet.prepare(jvms, scene, server.port(), WARM_THREADS, 0, plan.compileMillis())
                            .go()
                            .decisions());
                }
            }
        }
    }

    private String summary(Cell cell, Limiter limiter) {
        return String.format(
                Locale.ROOT,
                "%-45s %-50s %,12.0f/s  ours %6.2f x  p50 %8.1f  p99 %8.1f us  redis %5.1f us  script %5.1f us  %5.3f"
                        + " calls  %5.0f B%s",
                cell.title(),
                limiter.title(),
                results.median(cell, limiter, Round::perSecond).orElseThrow(),
                results.ratio(cell, limiter, Round::perSecond).orElse(Double.NaN),
                results.median(cell, limiter, Round::p50).orElseThrow(),
                results.median(cell, limiter, Round::p99).orElseThrow(),
                results.median(cell, limiter, round -> round.cost().cpuMicros()).orElseThrow(),
                results.median(cell, limiter, round -> round.cost().scriptMicros())
                        .orElseThrow(),
                results.median(cell, limiter, round -> round.cost().scriptCalls())
                        .orElseThrow(),
                results.median(cell, limiter, round -> round.cost().bytes()).orElseThrow(),
                results.rounds(cell, limiter).stream().anyMatch(Round::admittedTooMuch) ? "  ADMITTED TOO MUCH" : "");
    }
}

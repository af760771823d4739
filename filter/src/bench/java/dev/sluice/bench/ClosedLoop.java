package dev.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that ask, wait for the answer, and ask again. */
final class ClosedLoop {

    private final Contender contender;
    private final int threads;

    ClosedLoop(Contender contender, int threads) {
        this.contender = contender;
        this.threads = threads;
    }

    /**
     * @param latencies of the decisions that fell into the measured time; their number is what was done in it
     * @param decisions all, also those before and after the measured time
     * @param admitted of all decisions
     */
    record Outcome(Histogram latencies, long decisions, long admitted) {

        static Outcome none() {
            return new Outcome(new Histogram(), 0, 0);
        }

        Outcome plus(Outcome other) {
            Histogram both = new Histogram();
            both.add(latencies);
            both.add(other.latencies);
            return new Outcome(both, decisions + other.decisions, admitted + other.admitted);
        }
    }

    /**
     * @param warmMillis asked but not measured
     * @param millis measured
     * @throws ExecutionException if a decision failed
     */
    Outcome run(String[] clients, long warmMillis, long millis) throws InterruptedException, ExecutionException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(warmMillis);
            long end = begin + TimeUnit.MILLISECONDS.toNanos(millis);
            List<Future<Outcome>> outcomes = new ArrayList<>(threads);
            for (int thread = 0; thread < threads; thread++) {
                outcomes.add(workers.submit(asker(clients, begin, end)));
            }
            Outcome sum = Outcome.none();
            for (Future<Outcome> outcome : outcomes) {
                sum = sum.plus(outcome.get());
            }
            return sum;
        } finally {
            workers.shutdownNow();
        }
    }

    private Callable<Outcome> asker(String[] clients, long begin, long end) {
        SplittableRandom seeds =
                new SplittableRandom(System.nanoTime() ^ ProcessHandle.current().pid());
        return () -> {
            SplittableRandom random = seeds.split();
            Histogram latencies = new Histogram();
            long decisions = 0;
            long admitted = 0;
            long before = System.nanoTime();
            while (before < end) {
                boolean permitted = contender.admits(clients[random.nextInt(clients.length)]);
                long after = System.nanoTime();
                decisions++;
                admitted += permitted ? 1 : 0;
                if (before >= begin && after <= end) {
                    latencies.record(after - before);
                }
                before = after;
            }
            return new Outcome(latencies, decisions, admitted);
        };
    }
}

package dev.sluice.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How late a thread wakes that only waits: what the machine held back from everybody meanwhile. A bound on latency is
 * judged as the bound plus that. Safe for use by many threads.
 */
final class Calm implements AutoCloseable {

    /** A machine that holds threads back for longer is too busy for latencies to mean anything. */
    private static final Duration MOST = Duration.ofMillis(100);

    private static final Duration QUIET = Duration.ofMillis(30);

    private static final long NAP_NANOS = 1_000_000;

    private final Thread measuring = new Thread(this::measure, "calm");
    private volatile boolean over;
    private volatile long worstNanos;
    private volatile long asleepSinceNanos = System.nanoTime();

    Calm() {
        measuring.setDaemon(true);
        measuring.start();
    }

    /** The worst so far, a nap that should be over included: whoever asks may have woken first. */
    Duration heldBack() {
        return Duration.ofNanos(Math.max(worstNanos, lateNanos()));
    }

    boolean isCalm() {
        return heldBack().compareTo(MOST) < 0;
    }

    /** Whether it was so calm that no decision of a healthy Redis can have been late. */
    boolean isQuiet() {
        return heldBack().compareTo(QUIET) < 0;
    }

    /** A call waits for two threads in turn, the one that cuts or deals out and its own. */
    Duration allow(Duration bound) {
        return bound.plus(heldBack().multipliedBy(2));
    }

    @Override
    public void close() {
        over = true;
    }

    private void measure() {
        while (!over) {
            asleepSinceNanos = System.nanoTime();
            LockSupport.parkNanos(NAP_NANOS);
            worstNanos = Math.max(worstNanos, lateNanos());
        }
    }

    private long lateNanos() {
        return System.nanoTime() - asleepSinceNanos - NAP_NANOS;
    }
}

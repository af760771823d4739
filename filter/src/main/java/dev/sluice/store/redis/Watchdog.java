package dev.sluice.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The thread that looks after calls under way: cuts the late ones, and lets others pass those that hang. */
final class Watchdog implements Runnable {

    private static final long LOOK_EVERY_MILLIS = 10;
    private static final long HANGING_NANOS = 10_000_000;

    /** After a second without a call it sleeps until there is one. */
    private static final int LOOKS_BEFORE_SLEEP = 100;

    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private final long lateNanos;
    private final Semaphore call = new Semaphore(0);
    private volatile boolean asleep;
    private volatile boolean closed;

    /** @param deadline of a decision */
    Watchdog(Duration deadline) {
        this.lateNanos = Math.min(LOOK_EVERY_MILLIS * 1_000_000, deadline.toNanos() / 10);
    }

    /** Looks after it from now on. */
    void watch(Watched one) {
        watched.add(one);
    }

    void forget(Watched one) {
        watched.remove(one);
    }

    /** A call is about to begin. */
    void attend() {
        if (asleep) {
            asleep = false;
            call.release();
        }
    }

    void close() {
        closed = true;
        call.release();
    }

    @Override
    public void run() {
        try {
            int idle = 0;
            while (!closed) {
                idle = isBusy() ? 0 : idle + 1;
                if (idle < LOOKS_BEFORE_SLEEP) {
                    call.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                } else {
                    // T1 sets the flag and looks again; T2 takes its line and then looks at the flag.
                    asleep = true;
                    if (!isBusy() && !closed) {
                        call.acquire();
                    }
                    asleep = false;
                    idle = 0;
                }
                for (Watched one : watched) {
                    one.inspect(lateNanos, HANGING_NANOS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isBusy() {
        for (Watched one : watched) {
            if (one.isBusy()) {
                return true;
            }
        }
        return false;
    }
}

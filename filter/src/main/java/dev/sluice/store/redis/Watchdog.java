package dev.sluice.store.redis;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The thread that looks after calls under way: cuts the late ones, and lets others pass those that hang. */
final class Watchdog implements Runnable {

    private static final long LOOK_EVERY_MILLIS = 10;
    private static final long HANGING_NANOS = 10_000_000;

    /** After a second without a call it sleeps until there is one. */
    private static final int LOOKS_BEFORE_SLEEP = 100;

    private final Lines lines;
    private final Runnable handOver;
    private final long lateNanos;
    private final Semaphore call = new Semaphore(0);
    private volatile boolean asleep;
    private volatile boolean closed;

    /**
     * @param handOver gives a line that may fly to who waits
     * @param deadline of a decision
     */
    Watchdog(Lines lines, Runnable handOver, Duration deadline) {
        this.lines = lines;
        this.handOver = handOver;
        this.lateNanos = Math.min(LOOK_EVERY_MILLIS * 1_000_000, deadline.toNanos() / 10);
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
                idle = lines.areBusy() ? 0 : idle + 1;
                if (idle < LOOKS_BEFORE_SLEEP) {
                    call.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                } else {
                    // T1 sets the flag and looks again; T2 takes its line and then looks at the flag.
                    asleep = true;
                    if (!lines.areBusy() && !closed) {
                        call.acquire();
                    }
                    asleep = false;
                    idle = 0;
                }
                lines.inspect(lateNanos, HANGING_NANOS);
                handOver.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.sluice.runner;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns the end of the JVM (Ctrl-C, SIGTERM) into an orderly return of the main thread, which then closes what it has
 * opened, in its own order. The JVM waits for that. Safe for use by many threads.
 */
final class StopSignal {

    private static final int PATIENCE_SECONDS = 8;
    private static final int LAST_SECONDS = 3;

    private final CountDownLatch given = new CountDownLatch(1);
    private final CountDownLatch obeyed = new CountDownLatch(1);
    private final Thread main;

    private StopSignal(Thread main) {
        this.main = main;
    }

    /** For the calling thread. */
    static StopSignal install() {
        StopSignal signal = new StopSignal(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(new Thread(signal::give, "stop"));
        return signal;
    }

    /** Whether the JVM is told to end. */
    boolean isGiven() {
        return given.getCount() == 0;
    }

    /** Returns when the JVM is told to end. */
    void await() throws InterruptedException {
        given.await();
    }

    /** Everything is closed: the JVM may end. If it is about to, nothing is to follow, so this does not return. */
    void obeyed() throws InterruptedException {
        obeyed.countDown();
        if (isGiven()) {
            new CountDownLatch(1).await();
        }
    }

    private void give() {
        given.countDown();
        try {
            if (!obeyed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                main.interrupt(); // an application that hangs while it starts or stops
                obeyed.await(LAST_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.sluice.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A fault while it lasts: from the moment the proxy was told of it until it is told of another. Safe for use by many threads. */
final class Outbreak {

    private final Effect effect;
    private final String text;
    private final AtomicLong left;
    private final CountDownLatch over = new CountDownLatch(1);

    Outbreak(Effect effect, String text, long times) {
        this.effect = effect;
        this.text = text;
        this.left = new AtomicLong(times);
    }

    Effect effect() {
        return effect;
    }

    /** Whether this request is struck; a request is asked about once. */
    boolean strikes(String request) {
        return request.contains(text) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    /** Waits for the time, or for the end of the outbreak if that comes first. */
    void pause(Duration time) throws InterruptedException {
        over.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    void awaitEnd() throws InterruptedException {
        over.await();
    }

    void end() {
        over.countDown();
    }
}

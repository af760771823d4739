package dev.sluice.store.redis;

import redis.clients.jedis.exceptions.JedisException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The thread that makes lines and asks whether Redis is well, so that no request has to. It asks with the real script and
 * a bucket of its own, because a server may well answer PING while it refuses every write.
 */
final class Keeper implements Runnable {

    /** Before the next question, and with it well within the two seconds in which a recovery is noticed. */
    private static final long PAUSE_NANOS = 500_000_000;

    /** A failover that leaves the former server alive is seen by looking: it goes on answering for a while. */
    private static final long LOOK_EVERY_NANOS = 2_000_000_000;

    private final Connector connector;
    private final Lines lines;
    private final Breaker breaker;
    private final Supplier<Call> question;
    private final Runnable lineMade;
    private final long deadlineNanos;
    private final Semaphore work = new Semaphore(0);
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile boolean closed;

    // Confined to the thread.
    private long nextProbeNanos = System.nanoTime();
    private long nextLineNanos = System.nanoTime();
    private long nextLookNanos = System.nanoTime() + LOOK_EVERY_NANOS;

    /**
     * @param question asked of each new line
     * @param lineMade is told of each new line
     * @param deadline of a decision, and so of the answer to a question
     */
    Keeper(
            Connector connector,
            Lines lines,
            Breaker breaker,
            Supplier<Call> question,
            Runnable lineMade,
            Duration deadline) {
        this.connector = connector;
        this.lines = lines;
        this.breaker = breaker;
        this.question = question;
        this.lineMade = lineMade;
        this.deadlineNanos = deadline.toNanos();
    }

    /** There may be something to do. */
    void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    void close() {
        closed = true;
        wake();
    }

    /** Waits until the first lines are there, or are not to be had. */
    void awaitReady(long untilNanos) {
        try {
            ready.await(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                keep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() throws InterruptedException {
        long untilWorkNanos = nanosUntilWork();
        long untilLookNanos = nanosUntilLook();
        if (untilWorkNanos <= 0) {
            makeLine();
        } else if (untilLookNanos <= 0) {
            look();
        } else {
            work.tryAcquire(Math.min(untilWorkNanos, untilLookNanos), TimeUnit.NANOSECONDS);
        }
    }

    private void makeLine() {
        Optional<Fault> fault = ask();
        if (breaker.isOpen()) {
            nextProbeNanos = System.nanoTime() + pause();
        }
        if (fault.isEmpty()) {
            breaker.close();
        } else if (breaker.isSuspicious() || lines.isEmpty()) {
            breaker.confirm(fault.get());
        } else {
            nextLineNanos = System.nanoTime() + pause(); // the lines there are do their work
        }
        if (breaker.isOpen() || !breaker.isSuspicious() && !lines.lack()) {
            ready.countDown();
        }
    }

    private long nanosUntilWork() {
        if (breaker.isOpen()) {
            return nextProbeNanos - System.nanoTime();
        }
        if (breaker.isSuspicious() || lines.isEmpty()) {
            return 0;
        }
        return lines.lack() ? nextLineNanos - System.nanoTime() : Long.MAX_VALUE;
    }

    private long nanosUntilLook() {
        return connector.mayMove() && !breaker.isOpen() ? nextLookNanos - System.nanoTime() : Long.MAX_VALUE;
    }

    private void look() {
        nextLookNanos = System.nanoTime() + LOOK_EVERY_NANOS;
        Line scratch = new Line();
        lines.make(scratch);
        boolean moved;
        try {
            moved = connector.hasMoved(scratch);
        } finally {
            scratch.cut();
            lines.made(scratch);
        }
        if (moved) {
            lines.retireAll();
        }
    }

    /** Makes a line and asks a question on it. */
    private Optional<Fault> ask() {
        Line line = new Line();
        lines.make(line);
        boolean answered = false;
        try {
            if (connector.connect(line)) {
                lines.retireAll();
            }
            Call call = question.get();
            call.read(line.evaluate(call, System.nanoTime() + deadlineNanos));
            answered = true;
        } catch (JedisException | IllegalArgumentException failure) {
            return Optional.of(line.wasCut() ? Fault.LATE : Fault.of(failure));
        } finally {
            if (!answered) { // for whatever reason: nobody shall fly with it
                line.cut();
            }
            lines.made(line);
        }
        lineMade.run();
        return Optional.empty();
    }

    /** Never the same for all servers. */
    private static long pause() {
        return (long) (PAUSE_NANOS * (0.8 + 0.4 * ThreadLocalRandom.current().nextDouble()));
    }
}

package dev.sluice.store.redis;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import redis.clients.jedis.exceptions.JedisException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The thread that makes lines and asks whether Redis is well, so that no request has to. It asks with the real script and
 * a bucket of its own, because a server may well answer PING while it refuses every write.
 */
final class Keeper implements Runnable {

    /** While Redis is down, a new line may take this long to come about: short, since its recovery must not wait for it. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final long FIRST_PAUSE_MILLIS = 500;

    /** With the patience before and the question after it, less than the two seconds in which a recovery is noticed. */
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    /** A bucket that is full again, and forgotten, at once. */
    private static final Charge QUESTION = new Charge(BucketKey.unnamed("~probe"), new TokenBucket(1, 1, 1), 1, true);

    private final Connector connector;
    private final Lines lines;
    private final Breaker breaker;
    private final Runnable lineAdded;
    private final Duration deadline;
    private final Semaphore work = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    /** @param lineAdded is told of each new line */
    Keeper(Connector connector, Lines lines, Breaker breaker, Runnable lineAdded, Duration deadline) {
        this.connector = connector;
        this.lines = lines;
        this.breaker = breaker;
        this.lineAdded = lineAdded;
        this.deadline = deadline;
    }

    /** There may be something to do. */
    void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    void close() {
        closed.countDown();
        wake();
        connector.close();
    }

    @Override
    public void run() {
        try {
            while (closed.getCount() > 0) {
                keep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() throws InterruptedException {
        if (breaker.isOpen()) {
            if (ask(PATIENCE).isEmpty()) {
                pauseMillis = FIRST_PAUSE_MILLIS;
                breaker.close();
            } else {
                pause();
            }
        } else if (breaker.isSuspicious()) {
            ask(deadline).ifPresentOrElse(breaker::open, breaker::close);
        } else if (lines.lack()) {
            Optional<Fault> fault = ask(PATIENCE);
            if (fault.isPresent() && lines.isEmpty()) {
                breaker.open(fault.get());
            } else if (fault.isPresent()) {
                pause(); // the lines there are do their work
            }
        } else {
            work.acquire();
        }
    }

    /** Makes a line and asks a question on it. */
    private Optional<Fault> ask(Duration patience) {
        try {
            Line line = connector.connect(patience);
            try {
                ScriptCall call = new ScriptCall();
                call.add(List.of(QUESTION));
                call.read(line.evaluate(call, System.nanoTime() + patience.toNanos()));
                lines.add(line);
            } catch (JedisException | IllegalArgumentException failure) {
                line.cut();
                throw failure;
            }
        } catch (JedisException | IllegalArgumentException failure) {
            return Optional.of(Fault.of(failure));
        }
        lineAdded.run();
        return Optional.empty();
    }

    /** Longer from time to time, and never the same for all servers. */
    private void pause() throws InterruptedException {
        double jitter = 0.8 + 0.4 * ThreadLocalRandom.current().nextDouble();
        closed.await((long) (pauseMillis * jitter), TimeUnit.MILLISECONDS);
        pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
    }
}

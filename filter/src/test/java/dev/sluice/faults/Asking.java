package dev.sluice.faults;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.testing.WebApp;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Asks a store for the one bucket from four threads, and applications from one each. Safe for use by many threads. */
final class Asking implements AutoCloseable {

    static final long CAPACITY = 200;
    static final long PER_SECOND = 100;

    private static final Charge HOT = new Charge(
            BucketKey.unnamed("failover"), TokenBucket.of(CAPACITY, PER_SECOND, Duration.ofSeconds(1)), 1, true);

    final AtomicLong admitted = new AtomicLong();
    final AtomicLong decided = new AtomicLong();
    final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads;
    private long beganNanos;
    private long endedNanos;

    Asking(RedisBucketStore store, List<WebApp> apps) {
        threads = Stream.concat(
                        IntStream.range(0, 4).mapToObj(i -> new Thread(() -> ask(store))),
                        apps.stream().map(app -> new Thread(() -> ask(app))))
                .toList();
    }

    void begin() {
        beganNanos = System.nanoTime();
        threads.forEach(Thread::start);
    }

    void end() {
        over.set(true);
        threads.forEach(thread -> Scene.join(thread, 10_000));
        endedNanos = System.nanoTime();
    }

    Duration lasted() {
        return Duration.ofNanos(endedNanos - beganNanos);
    }

    private void ask(RedisBucketStore store) {
        while (!over.get()) {
            try {
                if (store.tryConsume(List.of(HOT)).get(0) instanceof Decision.Permitted) {
                    admitted.incrementAndGet();
                }
                decided.incrementAndGet();
            } catch (StoreUnavailableException meanwhile) {
                LockSupport.parkNanos(5_000_000);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private void ask(WebApp app) {
        while (!over.get()) {
            statuses.add(app.get("/").status());
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Override
    public void close() {
        over.set(true);
    }
}

package dev.sluice.faults;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.BucketStore;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Threads that ask a store again and again until told to stop, each for a bucket of its own. Safe for use by many threads. */
final class Load implements AutoCloseable {

    static final TokenBucket LARGE = TokenBucket.of(1_000_000, 1_000_000, Duration.ofSeconds(1));

    private static final int PATIENCE_MILLIS = 10_000;

    private final BucketStore store;
    private final long pauseNanos;
    private final Queue<Calls.Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> accidents = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    private Load(BucketStore store, Duration pause) {
        this.store = store;
        this.pauseNanos = pause.toNanos();
    }

    /** @param pause of a thread between two calls */
    static Load on(BucketStore store, int threads, Duration pause) {
        return on(
                store,
                IntStream.range(0, threads)
                        .mapToObj(i -> BucketKey.unnamed("load-" + i))
                        .toList(),
                pause);
    }

    /** A thread for each of these buckets. */
    static Load on(BucketStore store, List<BucketKey> keys, Duration pause) {
        Load load = new Load(store, pause);
        for (BucketKey key : keys) {
            Thread thread = new Thread(() -> load.ask(key), "load-" + key.text());
            thread.setDaemon(true);
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    /** 32 threads, some 800 requests a second. */
    static Load on(BucketStore store) {
        return on(store, 32, Duration.ofMillis(40));
    }

    /** One call, as the threads make it. */
    static Calls.Call call(BucketStore store, BucketKey key) {
        long before = System.nanoTime();
        String outcome = "";
        try {
            store.tryConsume(List.of(new Charge(key, LARGE, 1, true)));
        } catch (StoreUnavailableException unavailable) {
            outcome = String.valueOf(unavailable.getMessage());
        }
        return new Calls.Call(before, System.nanoTime() - before, outcome);
    }

    Load during(Duration time) {
        Scene.pause(time);
        return this;
    }

    /** Stops; every thread must have come back, and none with anything but an answer. */
    Calls end() {
        over = true;
        threads.forEach(LockSupport::unpark);
        for (Thread thread : threads) {
            Scene.join(thread, PATIENCE_MILLIS);
        }
        if (!accidents.isEmpty()) {
            throw new AssertionError("a call ended otherwise", accidents.peek());
        }
        return new Calls(List.copyOf(calls));
    }

    @Override
    public void close() {
        over = true;
    }

    private void ask(BucketKey key) {
        try {
            while (!over) {
                calls.add(call(store, key));
                LockSupport.parkNanos(pauseNanos);
            }
        } catch (RuntimeException | Error accident) {
            accidents.add(accident);
        }
    }
}

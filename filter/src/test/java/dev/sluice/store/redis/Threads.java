package dev.sluice.store.redis;

import org.awaitility.Awaitility;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that do the same again and again until told to end; the first failure of any ends all. */
final class Threads {

    /** What a thread does, which may fail. */
    interface Step {
        void run(int thread) throws Exception;
    }

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong steps = new AtomicLong();
    private volatile boolean over;

    private Threads() {}

    /** Once each, and waits for all. */
    static void run(int count, Step step) throws Exception {
        Threads all = new Threads();
        for (int i = 0; i < count; i++) {
            int thread = i;
            all.start(() -> all.once(thread, step));
        }
        all.join();
    }

    /** Until {@link #end}. */
    static Threads start(int count, Step step) {
        Threads all = new Threads();
        for (int i = 0; i < count; i++) {
            int thread = i;
            all.start(() -> {
                while (!all.over && all.failures.isEmpty()) {
                    all.once(thread, step);
                }
            });
        }
        return all;
    }

    long steps() {
        return steps.get();
    }

    /** Waits until they have done that much more. */
    void awaitSteps(int more) {
        long until = steps.get() + more;
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> steps.get() >= until || !failures.isEmpty());
    }

    void end() throws Exception {
        over = true;
        join();
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
    }

    private void join() throws Exception {
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("a thread failed", failures.peek());
        }
    }

    private void once(int thread, Step step) {
        try {
            step.run(thread);
            steps.incrementAndGet();
        } catch (Exception | Error failure) {
            failures.add(failure);
        }
    }
}

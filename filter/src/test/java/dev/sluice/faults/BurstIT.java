package dev.sluice.faults;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.TestSettings;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Many at once on a healthy Redis: all wait their turn, and Redis decides them all. */
class BurstIT {

    private static final TokenBucket HUNDRED = TokenBucket.of(100, 1, Duration.ofDays(1));

    private static RedisServer redis;

    @BeforeAll
    static void startRedis() {
        redis = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @ParameterizedTest(name = "{0} at once, {1} ms")
    @CsvSource({"200, 150", "1000, 1000"})
    void areAllDecidedByRedisExactly(int burst, int deadlineMillis) {
        redis.client().flushAll();
        try (Calm calm = new Calm();
                RedisBucketStore store =
                        new RedisBucketStore(TestSettings.at(redis.port(), Duration.ofMillis(deadlineMillis)))) {
            for (String when : List.of("cold", "warm", "warmer")) {
                Outcome outcome = burst(store, BucketKey.unnamed(when), burst);
                System.out.printf(
                        "MEASURED burst of %d, %s: %d permitted, %d rejected, %d unavailable, worst %s (held back %s)%n",
                        burst,
                        when,
                        outcome.permitted.get(),
                        outcome.rejected.get(),
                        outcome.unavailable.get(),
                        Scene.millis(Duration.ofNanos(outcome.worstNanos)),
                        Scene.millis(calm.heldBack()));
                assertThat(outcome.permitted.get()).isLessThanOrEqualTo(100);
                if (calm.isQuiet()) {
                    assertThat(outcome.unavailable.get()).as(when).isZero();
                    assertThat(outcome.permitted.get()).as(when).isEqualTo(100);
                }
            }
        }
    }

    private static final class Outcome {
        private final AtomicInteger permitted = new AtomicInteger();
        private final AtomicInteger rejected = new AtomicInteger();
        private final AtomicInteger unavailable = new AtomicInteger();
        private long worstNanos;
    }

    private static Outcome burst(RedisBucketStore store, BucketKey key, int size) {
        Outcome outcome = new Outcome();
        CountDownLatch ready = new CountDownLatch(size);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Thread thread = new Thread(() -> ask(store, key, outcome, ready, go), "burst-" + i);
            threads.add(thread);
            thread.start();
        }
        try {
            ready.await();
            go.countDown();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        threads.forEach(thread -> Scene.join(thread, 20_000));
        return outcome;
    }

    private static void ask(
            RedisBucketStore store, BucketKey key, Outcome outcome, CountDownLatch ready, CountDownLatch go) {
        try {
            ready.countDown();
            go.await();
            long before = System.nanoTime();
            try {
                Decision decision = store.tryConsume(List.of(new Charge(key, HUNDRED, 1, true)))
                        .get(0);
                (decision instanceof Decision.Permitted ? outcome.permitted : outcome.rejected).incrementAndGet();
            } catch (StoreUnavailableException unavailable) {
                outcome.unavailable.incrementAndGet();
            }
            long took = System.nanoTime() - before;
            synchronized (outcome) {
                outcome.worstNanos = Math.max(outcome.worstNanos, took);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.sluice.faults;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.TestSettings;
import dev.sluice.testing.RedisServer;
import jdk.jfr.consumer.RecordedEvent;

import javax.management.ObjectName;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program for a JDK that has virtual threads, of which this one may know nothing: five thousand ask one store at once,
 * while Redis is well, when it hangs, and when it is back. Ends with an error unless all is as it is with other threads.
 */
final class VirtualThreads {

    private static final int THREADS = 5_000;
    private static final TokenBucket SIXTY = TokenBucket.of(60, 1, Duration.ofDays(1));
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    /** A thread that nobody wakes would wait for the deadline of the usual settings, 5 s. */
    private static final Duration LONGEST_BURST = Duration.ofSeconds(3);

    /** So long it takes, at most, until a busy machine has run each of them once. */
    private static final Duration ALL_AWAKE = Duration.ofMillis(700);

    private static final Duration LONGEST_PINNED = Duration.ofMillis(20);

    /** The scheduler adds carriers for those that read a file, as when a class is loaded. */
    private static final int SPARE_CARRIERS = 8;

    /** Pins whoever comes first: a class cannot be left half made. */
    private static final class Pin {
        static {
            Scene.pause(LONGEST_PINNED.multipliedBy(2));
        }
    }

    private VirtualThreads() {}

    public static void main(String[] arguments) throws Exception {
        try (Calm calm = new Calm();
                RedisServer redis = RedisServer.start()) {
            // Who waits for a class that another thread is loading is pinned, on JDK 25 still; so all are loaded first.
            List<RecordedEvent> cold = pinnings(redis, calm);
            List<RecordedEvent> warm = pinnings(redis, calm);
            System.out.println("MEASURED pinned at first " + cold.size() + " times, then " + warm.size() + " times");
            cold.forEach(pinning -> measured(calm, reason(pinning), pinning.getDuration()));
            warm.forEach(pinning -> isWithin(LONGEST_PINNED, calm, reason(pinning), pinning.getDuration()));
            assertThat(scheduler("PoolSize"))
                    .as("carriers")
                    .isLessThanOrEqualTo(scheduler("Parallelism") + SPARE_CARRIERS);
        }
        try (Pinnings pinnings = new Pinnings()) {
            atOnce(thread -> new Pin());
            assertThat(pinnings.in(Pin.class.getName()))
                    .as("the recording sees what does pin")
                    .anyMatch(pinning -> pinning.getDuration().compareTo(LONGEST_PINNED) > 0);
        }
    }

    private static List<RecordedEvent> pinnings(RedisServer redis, Calm calm) throws Exception {
        try (Pinnings pinnings = new Pinnings()) {
            areDecidedExactly(redis, calm);
            areAnsweredByTheDeadlineWhileRedisHangsAndDecidedAfterwards(redis, calm);
            return pinnings.in("dev.sluice.store.");
        }
    }

    private static void areDecidedExactly(RedisServer redis, Calm calm) throws Exception {
        try (RedisBucketStore store = new RedisBucketStore(TestSettings.of(redis))) {
            for (int buckets : List.of(1, 50)) {
                redis.client().flushAll();
                long before = System.nanoTime();
                List<Boolean> permitted = atOnce(thread -> isPermitted(store, thread % buckets));
                isWithin(LONGEST_BURST, calm, buckets + " buckets", since(before));
                Map<Integer, Long> byBucket = IntStream.range(0, THREADS)
                        .filter(permitted::get)
                        .boxed()
                        .collect(Collectors.groupingBy(thread -> thread % buckets, Collectors.counting()));
                assertThat(byBucket.values()).hasSize(buckets).containsOnly(SIXTY.capacity());
            }
        }
    }

    private static boolean isPermitted(RedisBucketStore store, int bucket) {
        try {
            return store.tryConsume(List.of(new Charge(key(bucket), SIXTY, 1, true)))
                            .get(0)
                    instanceof Decision.Permitted;
        } catch (StoreUnavailableException unavailable) {
            throw new AssertionError("Redis was well", unavailable);
        }
    }

    private static void areAnsweredByTheDeadlineWhileRedisHangsAndDecidedAfterwards(RedisServer redis, Calm calm)
            throws Exception {
        try (RedisBucketStore store = new RedisBucketStore(TestSettings.at(redis.port(), DEADLINE))) {
            AtomicBoolean frozen = new AtomicBoolean();
            Thread freezing = new Thread(() -> {
                Scene.pause(Duration.ofMillis(200)); // any moment will do
                redis.freeze();
                frozen.set(true);
            });
            freezing.start();
            Calls last = new Calls(atOnce(thread -> {
                Calls.Call call = Load.call(store, key(thread));
                while (call.isDecided() || !frozen.get()) {
                    call = Load.call(store, key(thread));
                }
                return call;
            }));
            isWithin(DEADLINE.plus(ALL_AWAKE), calm, "frozen, worst call", last.worst());
            assertThat(new Calls(atOnce(thread -> Load.call(store, key(thread)))).decided())
                    .isZero();

            redis.thaw();
            long thawed = System.nanoTime();
            while (new Calls(atOnce(thread -> Load.call(store, key(thread)))).unavailable() > 0) {
                Scene.pause(Duration.ofMillis(10));
            }
            measured(calm, "all decided again after", since(thawed));
        }
    }

    private static BucketKey key(int number) {
        return BucketKey.unnamed("bucket-" + number);
    }

    /** What each of the threads, counted from 0, has to say; none begins before all are there. */
    private static <T> List<T> atOnce(Function<Integer, T> task) throws Exception {
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        CountDownLatch there = new CountDownLatch(THREADS);
        List<Callable<T>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            tasks.add(() -> {
                there.countDown();
                there.await();
                return task.apply(thread);
            });
        }
        List<T> answers = new ArrayList<>();
        for (Future<T> answer : threads.invokeAll(tasks)) {
            answers.add(answer.get());
        }
        threads.shutdown();
        return answers;
    }

    private static String reason(RecordedEvent pinning) {
        return "pinned: " + pinning.getString("pinnedReason");
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** However busy the machine is: what these bounds are to find takes far longer than that makes a difference. */
    private static void isWithin(Duration bound, Calm calm, String what, Duration measured) {
        measured(calm, what, measured);
        assertThat(measured).as(what).isLessThanOrEqualTo(calm.allow(bound));
    }

    private static void measured(Calm calm, String what, Duration figure) {
        System.out.printf(
                "MEASURED %d virtual threads, %s: %s (held back %s)%n",
                THREADS, what, Scene.millis(figure), Scene.millis(calm.heldBack()));
    }

    private static int scheduler(String attribute) throws Exception {
        return (int) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("jdk.management:type=VirtualThreadScheduler"), attribute);
    }
}

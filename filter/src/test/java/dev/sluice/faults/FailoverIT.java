package dev.sluice.faults;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.TestSettings;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SentinelSet;
import dev.sluice.testing.WebApp;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The master changes: by {@code kill -9}, by order, or because it hangs. {@code -Dfailovers=7} does each seven times. */
class FailoverIT {

    private static final Duration FOLLOWED = Duration.ofSeconds(5);
    private static final long CAPACITY = 200;
    private static final long PER_SECOND = 100;
    private static final Charge HOT = new Charge(
            BucketKey.unnamed("failover"), TokenBucket.of(CAPACITY, PER_SECOND, Duration.ofSeconds(1)), 1, true);

    private enum Cause {
        KILLED,
        ORDERED,
        FROZEN;

        void befall(SentinelSet set) {
            switch (this) {
                case KILLED -> set.master().kill();
                case ORDERED -> set.failOver();
                case FROZEN -> set.master().freeze();
            }
        }

        void comeBack(SentinelSet set) {
            switch (this) {
                case KILLED -> set.master().restart();
                case ORDERED -> {}
                case FROZEN -> set.master().thaw();
            }
        }
    }

    static Stream<Cause> causes() {
        return IntStream.range(0, Integer.getInteger("failovers", 1))
                .boxed()
                .flatMap(round -> Stream.of(Cause.values()));
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(200);
        }
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theNewMasterEnforcesWithinFiveSecondsAndTheOldOneIsLeftAlone(Cause cause) throws Exception {
        try (SentinelSet set = SentinelSet.start();
                Calm calm = new Calm();
                WebApp local = app(set, "local");
                WebApp permit = app(set, "permit");
                RedisBucketStore store = new RedisBucketStore(TestSettings.of(set, Scene.DEADLINE));
                Asking asking = new Asking(store, List.of(local, permit))) {
            asking.begin();
            Scene.pause(Duration.ofSeconds(1));
            assertThat(asking.decided.get()).isPositive();
            long before = System.nanoTime();
            cause.befall(set);
            Awaitility.await()
                    .ignoreExceptions() // a failover cuts the connections of whoever asks
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        return SentinelSet.roleOf(set.replica()).equals("master") && hasDecided(set.replica());
                    });
            Duration followed = Duration.ofNanos(System.nanoTime() - before);

            cause.comeBack(set);
            Awaitility.await()
                    .ignoreExceptions()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> SentinelSet.roleOf(set.master()).equals("slave"));
            if (cause == Cause.KILLED) { // since then it has not been asked once
                assertThat(hasDecided(set.master())).isFalse();
            }
            Awaitility.await().ignoreExceptions().atMost(Duration.ofSeconds(60)).until(() -> {
                set.master().client().executeCommand(new CommandArguments(Protocol.Command.CONFIG).add("RESETSTAT"));
                Scene.pause(Duration.ofSeconds(1));
                return !hasDecided(set.master());
            });
            long decidedBefore = asking.decided.get();
            Scene.pause(Duration.ofSeconds(2));
            assertThat(hasDecided(set.master())).as("the replica was asked").isFalse();
            assertThat(asking.decided.get()).isGreaterThan(decidedBefore);

            asking.end();
            double seconds = asking.lasted().toNanos() / 1e9;
            double limit = CAPACITY + PER_SECOND * seconds;
            // A master that hung believes to be one still when it wakes, and a sentinel that lags may name it: until
            // the
            // sentinels have told it otherwise there are two, and each enforces the limit.
            double bound = cause == Cause.FROZEN ? 2 * limit : limit + CAPACITY;
            System.out.printf(
                    "MEASURED failover %s: followed after %s, admitted %d in %.1f s, C + r*T is %.0f (held back %s)%n",
                    cause,
                    Scene.millis(followed),
                    asking.admitted.get(),
                    seconds,
                    limit,
                    Scene.millis(calm.heldBack()));
            assertThat((double) asking.admitted.get()).isLessThanOrEqualTo(bound);
            assertThat(asking.statuses).isNotEmpty().allMatch(status -> status == 200 || status == 429);
            assertThat(followed).isLessThan(calm.isCalm() ? calm.allow(FOLLOWED) : FOLLOWED.multipliedBy(3));
        }
    }

    private static boolean hasDecided(RedisServer server) {
        return server.client().info("commandstats").contains("cmdstat_evalsha");
    }

    private static WebApp app(SentinelSet set, String onFailure) throws Exception {
        return new WebApp()
                .param("redis.address", set.addresses())
                .param("redis.mode", "sentinel")
                .param("redis.master", SentinelSet.MASTER)
                .param("bucket.capacity", "20")
                .param("refill.rate", "10")
                .param("on-failure", onFailure)
                .servlet("/*", new Hello())
                .start();
    }

    /** Asks for the one bucket from four threads, and applications from one each. */
    private static final class Asking implements AutoCloseable {

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
}

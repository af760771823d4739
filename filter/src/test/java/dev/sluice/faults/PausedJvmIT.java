package dev.sluice.faults;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.TestSettings;
import dev.sluice.testing.ChildJvm;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** A server stops for three seconds, as in a bad garbage collection, and goes on. */
class PausedJvmIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TokenBucket BUCKET = TokenBucket.of(100, 50, Duration.ofSeconds(1));

    /** Asks with eight threads; for each line on its input it prints what has happened since the last one. */
    static final class Server {

        private static final AtomicLong PERMITTED = new AtomicLong();
        private static final AtomicLong DECIDED = new AtomicLong();
        private static final AtomicLong UNAVAILABLE = new AtomicLong();

        private Server() {}

        public static void main(String[] arguments) throws Exception {
            try (RedisBucketStore store =
                    new RedisBucketStore(TestSettings.at(Integer.parseInt(arguments[0]), Scene.DEADLINE))) {
                for (int i = 0; i < 8; i++) {
                    Thread thread = new Thread(() -> ask(store));
                    thread.setDaemon(true);
                    thread.start();
                }
                System.out.println("ready");
                while (System.in.read() >= 0) {
                    System.in.skip(System.in.available());
                    System.out.println(
                            "since: " + DECIDED.getAndSet(0) + " " + UNAVAILABLE.getAndSet(0) + " " + PERMITTED.get());
                }
            }
        }

        private static void ask(RedisBucketStore store) {
            while (true) {
                try {
                    Decision decision = store.tryConsume(
                                    List.of(new Charge(BucketKey.unnamed("paused"), BUCKET, 1, true)))
                            .get(0);
                    DECIDED.incrementAndGet();
                    if (decision instanceof Decision.Permitted) {
                        PERMITTED.incrementAndGet();
                    }
                } catch (StoreUnavailableException unavailable) {
                    UNAVAILABLE.incrementAndGet();
                }
                Scene.pause(Duration.ofMillis(10));
            }
        }
    }

    @Test
    void theBreakerStaysClosedOrRecoversAndTheBoundHolds() {
        try (RedisServer redis = RedisServer.start();
                ChildJvm child = ChildJvm.start(Server.class, Integer.toString(redis.port()))) {
            long before = System.nanoTime();
            child.awaitLine("ready"::equals, PATIENCE);
            Scene.pause(Duration.ofSeconds(1));
            child.freeze();
            Scene.pause(Duration.ofSeconds(3));
            child.thaw();
            Scene.pause(Scene.RECOVERY);
            String paused = report(child, 1);
            Scene.pause(Duration.ofSeconds(1));
            String after = report(child, 2);
            double seconds = (System.nanoTime() - before) / 1e9;
            System.out.println(
                    "MEASURED JVM paused 3 s: " + paused + "; afterwards " + after + "; log " + child.errorLines());
            long[] figures = figures(after);
            assertThat(figures[0]).as("decided afterwards").isPositive();
            assertThat(figures[1]).as("unavailable afterwards").isLessThan(figures[0] / 10 + 1);
            assertThat((double) figures[2]).as("permitted").isLessThanOrEqualTo(100 + 50 * (seconds + 1));
        }
    }

    private static String report(ChildJvm child, int number) {
        child.send("report");
        Scene.await(() ->
                child.lines().stream().filter(line -> line.startsWith("since")).count() >= number);
        return child.lines().stream()
                .filter(line -> line.startsWith("since"))
                .toList()
                .get(number - 1);
    }

    private static long[] figures(String line) {
        return java.util.Arrays.stream(line.substring("since: ".length()).split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }
}

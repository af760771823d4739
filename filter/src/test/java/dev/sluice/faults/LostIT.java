package dev.sluice.faults;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.TestSettings;
import dev.sluice.testing.Fault;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Redis, its connections or its replies are lost. */
class LostIT {

    private static final TokenBucket A_DAY = TokenBucket.of(1_000_000, 1, Duration.ofHours(1));

    @Test
    void killedAndRestartedUnderLoad() {
        try (Scene scene = Scene.begin();
                Load load = Load.on(scene.store).during(Duration.ofSeconds(1))) {
            scene.redis.kill();
            long killed = System.nanoTime();
            load.during(Duration.ofSeconds(2));
            long restarted = System.nanoTime();
            scene.redis.restart();
            Duration recovery = scene.awaitDecision(Scene.RECOVERY);
            load.during(Duration.ofMillis(500));
            Calls calls = load.end();
            System.out.println("MEASURED killed: " + calls.between(killed, restarted));
            scene.judge("killed, worst call", calls.worst(), Duration.ofMillis(250));
            scene.judge("killed, decided again after", recovery, Scene.RECOVERY);
            assertThat(calls.between(killed + 1_000_000_000, restarted).decided())
                    .isZero();
            assertThat(scene.log.all()).hasSize(2);
        }
    }

    /** The proxy is left out: it would tell of the end. */
    @Test
    void theFirstRequestAfterACleanRestartIsDecidedByRedis() {
        try (RedisServer redis = RedisServer.start();
                RedisBucketStore store = new RedisBucketStore(TestSettings.at(redis.port(), Duration.ofSeconds(2)))) {
            for (int i = 0; i < 5; i++) {
                Load warm = Load.on(store, 16, Duration.ofMillis(1)).during(Duration.ofMillis(200));
                assertThat(warm.end().decided()).isPositive();
                redis.shutdown();
                redis.restart();
                Load after = Load.on(store, 8, Duration.ofMillis(1)).during(Duration.ofMillis(100));
                assertThat(after.end().unavailable()).isZero();
            }
        }
    }

    private enum Silence {
        /** Connects hang, and what is open is reset. */
        BLACK_HOLE,
        /** Nothing passes either way, not even a close, and connects hang. */
        HALF_OPEN,
        /** Requests are read and never answered. */
        SWALLOW;

        void befall(Scene scene) {
            switch (this) {
                case BLACK_HOLE -> {
                    scene.proxy.hangConnects();
                    scene.proxy.resetConnections();
                }
                case HALF_OPEN -> {
                    scene.proxy.fault(Fault.halfOpen());
                    scene.proxy.hangConnects();
                }
                case SWALLOW -> scene.proxy.fault(Fault.swallow());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noAnswerAtAll(Silence silence) {
        try (Scene scene = Scene.begin();
                Load load = Load.on(scene.store).during(Duration.ofMillis(500))) {
            long lost = System.nanoTime();
            silence.befall(scene);
            load.during(Duration.ofSeconds(3));
            long healed = System.nanoTime();
            scene.proxy.heal();
            Duration recovery = scene.awaitDecision(Scene.RECOVERY);
            load.during(Duration.ofMillis(300));
            Calls calls = load.end();
            System.out.println("MEASURED " + silence + ": " + calls.between(lost, healed));
            scene.judge(silence + ", worst call", calls.worst(), Duration.ofMillis(250));
            scene.judge(
                    silence + ", p99 after a second",
                    calls.between(lost + 1_000_000_000, healed).p99(),
                    Duration.ofMillis(5));
            scene.judge(silence + ", decided again after", recovery, Scene.RECOVERY);
            assertThat(scene.log.all()).hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void aReplyThatIsCutOffAfterExecutionChargesAtMostTwice() throws Exception {
        try (Scene scene = Scene.begin()) {
            List<BucketKey> keys = new ArrayList<>();
            int decided = 0;
            for (int i = 0; i < 100; i++) {
                BucketKey key = BucketKey.unnamed("cut-" + i);
                keys.add(key);
                scene.proxy.fault(Fault.cut().on("EVALSHA").times(1));
                try {
                    scene.store.tryConsume(List.of(new Charge(key, A_DAY, 1, true)));
                    decided++;
                } catch (StoreUnavailableException unavailable) {
                    // its failure mode decides
                }
            }
            scene.proxy.heal();
            scene.awaitDecision(Scene.RECOVERY);
            System.out.println("MEASURED cut after execution: decided on a second try " + decided + " of 100");
            for (BucketKey key : keys) {
                assertThat(taken(scene, key)).isBetween(0L, 2L);
            }
        }
    }

    /** Each thread has a cost of its own, so that a reply to another would show. */
    @Test
    void noReplyReachesAnotherRequest() throws Exception {
        try (Scene scene = Scene.begin()) {
            List<Thread> threads = new ArrayList<>();
            List<String> wrong = java.util.Collections.synchronizedList(new ArrayList<>());
            long until = System.nanoTime() + 3_000_000_000L;
            for (int i = 1; i <= 16; i++) {
                int cost = i;
                TokenBucket bucket = TokenBucket.of(1_000_000L + i, 1, Duration.ofHours(1));
                BucketKey key = BucketKey.unnamed("own-" + i);
                Thread thread = new Thread(() -> {
                    long left = bucket.capacity();
                    while (System.nanoTime() < until) {
                        try {
                            long remaining = scene.store
                                    .tryConsume(List.of(new Charge(key, bucket, cost, true)))
                                    .get(0)
                                    .remaining();
                            long gone = left - remaining;
                            if (gone <= 0 || gone % cost != 0 || gone > 1000L * cost) {
                                wrong.add("cost " + cost + ": from " + left + " to " + remaining);
                            }
                            left = remaining;
                        } catch (StoreUnavailableException unavailable) {
                            Scene.pause(Duration.ofMillis(1));
                        }
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (int i = 0; i < 12; i++) {
                scene.proxy.fault(Fault.delay(Duration.ofMillis(160)).times(3));
                Scene.pause(Duration.ofMillis(80));
                scene.proxy.fault(Fault.cut().times(2));
                Scene.pause(Duration.ofMillis(80));
                scene.proxy.fault(Fault.drip(Duration.ofMillis(2)).times(5));
                Scene.pause(Duration.ofMillis(80));
            }
            for (Thread thread : threads) {
                Scene.join(thread, 10_000);
            }
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void connectionsResetInAStorm() {
        try (Scene scene = Scene.begin();
                Load load = Load.on(scene.store).during(Duration.ofMillis(300))) {
            for (int i = 0; i < 60; i++) {
                scene.proxy.resetConnections();
                load.during(Duration.ofMillis(50));
            }
            long over = System.nanoTime();
            Duration recovery = scene.awaitDecision(Scene.RECOVERY);
            load.during(Duration.ofMillis(500));
            Calls calls = load.end();
            System.out.println("MEASURED resets each 50 ms: " + calls);
            scene.judge("resets, worst call", calls.worst(), Duration.ofMillis(250));
            scene.judge("resets, decided again after", recovery, Scene.RECOVERY);
            assertThat(calls.between(over + recovery.toNanos(), Long.MAX_VALUE).unavailable())
                    .isZero();
            assertThat(scene.log.all()).hasSizeLessThanOrEqualTo(10);
        }
    }

    @Test
    void garbageInsteadOfReplies() {
        List<String> garbage = List.of(
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "*3\r\n:1\r\n:2\r\n$-1\r\n",
                "*2147483647\r\n:1\r\n",
                ":abc\r\n",
                "*1\r\n".repeat(20_000),
                "\r\n",
                "-\u001b[31mred\r\n",
                "*6\r\n:1\r\n:1\r\n:9\r\n:0\r\n:0\r\n:999999\r\n",
                "*5\r\n:1\r\n:1\r\n:-9\r\n:-7\r\n:-3\r\n");
        for (String reply : garbage) {
            try (Scene scene = Scene.begin()) {
                scene.proxy.fault(Fault.answer(reply));
                Calls.Call struck = scene.call();
                assertThat(struck.isDecided()).as(reply).isFalse();
                scene.awaitOpen(Duration.ofSeconds(2));
                scene.proxy.heal();
                scene.judge("garbage, decided again after", scene.awaitDecision(Scene.RECOVERY), Scene.RECOVERY);
                assertThat(scene.log.all())
                        .as(reply)
                        .allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c <= '~'));
                assertThat(scene.log.all()).as(reply).hasSize(2);
            }
        }
    }

    @Test
    void downAtTheStartAndThereLater() {
        RedisServer redis = RedisServer.start();
        try (redis;
                Calm calm = new Calm()) {
            redis.shutdown();
            long before = System.nanoTime();
            try (RedisBucketStore store = new RedisBucketStore(TestSettings.at(redis.port(), Scene.DEADLINE))) {
                Duration start = Duration.ofNanos(System.nanoTime() - before);
                assertThat(start).isLessThan(calm.allow(Duration.ofMillis(300)));
                assertThat(Load.call(store, Scene.KEY).isDecided()).isFalse();
                Scene.pause(Duration.ofSeconds(3)); // the pauses are as long as they get
                redis.restart();
                long there = System.nanoTime();
                Scene.await(() -> Load.call(store, Scene.KEY).isDecided());
                Duration recovery = Duration.ofNanos(System.nanoTime() - there);
                System.out.println("MEASURED down at start, decided after its arrival: " + Scene.millis(recovery));
                assertThat(recovery).isLessThan(calm.allow(Scene.RECOVERY));
            }
        }
    }

    @Test
    void flushallForgetsTheBucketsAndNothingElse() {
        try (Scene scene = Scene.begin();
                Load load = Load.on(scene.store)) {
            for (int i = 0; i < 10; i++) {
                load.during(Duration.ofMillis(50));
                scene.redis.client().flushAll();
            }
            assertThat(load.end().unavailable()).isLessThan(scene.calm.isQuiet() ? 1 : 1000);
            assertThat(scene.log.all()).isEmpty();
        }
    }

    @Test
    void aForgottenScriptIsCuredWithinTheDecision() {
        try (Scene scene = Scene.begin();
                Load load = Load.on(scene.store)) {
            for (int i = 0; i < 30; i++) {
                scene.redis.client().scriptFlush();
                load.during(Duration.ofMillis(100));
            }
            Calls calls = load.end();
            System.out.println("MEASURED SCRIPT FLUSH each 100 ms: " + calls);
            if (scene.calm.isQuiet()) {
                assertThat(calls.unavailable()).isZero();
            }
            assertThat(scene.log.all()).isEmpty();
        }
    }

    @Test
    void aKeyOfAnotherTypeConcernsItsBucketOnly() {
        try (Scene scene = Scene.begin();
                Load load = Load.on(scene.store, 8, Duration.ofMillis(5))) {
            scene.redis.client().del("rate_limit:load-0");
            scene.redis.client().set("rate_limit:poisoned", "somebody else's");
            BucketKey poisoned = BucketKey.unnamed("poisoned");
            for (int i = 0; i < 100; i++) {
                assertThat(Load.call(scene.store, poisoned).isDecided()).isFalse();
                load.during(Duration.ofMillis(10));
            }
            assertThat(load.end().unavailable()).isLessThan(scene.calm.isQuiet() ? 1 : 1000);
            assertThat(scene.log.all()).singleElement().asString().contains("rate_limit:poisoned", "another type");
        }
    }

    private static long taken(Scene scene, BucketKey key) {
        String tokens = scene.redis.client().hget(key.text(), "tokens");
        return tokens == null ? 0 : A_DAY.capacity() - Long.parseLong(tokens);
    }
}

package dev.sluice.faults;

import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Redis is stopped by a signal: its connections stay, new ones are made, and nothing answers. */
class FrozenIT {

    @Test
    void costsEachThreadOneDeadlineAndNothingAfterTheBreakerHasOpened() {
        try (Scene scene = Scene.begin();
                Load load = Load.on(scene.store).during(Duration.ofSeconds(1))) {
            long frozen = System.nanoTime();
            scene.redis.freeze();
            load.during(Duration.ofSeconds(4));
            long thawed = System.nanoTime();
            scene.redis.thaw();
            Duration recovery = scene.awaitDecision(Scene.RECOVERY);
            load.during(Duration.ofSeconds(1));
            long end = System.nanoTime();
            Calls calls = load.end();

            long opened = calls.between(frozen, thawed).all().stream()
                    .filter(call -> call.outcome().equals("Redis is known to be unavailable"))
                    .mapToLong(call -> call.startedNanos() + call.tookNanos()) // it may have waited before
                    .min()
                    .orElseThrow();
            Calls whileOpen = calls.between(opened, thawed);
            System.out.println("MEASURED frozen: " + calls.between(frozen, thawed));
            scene.judge("frozen, worst call", calls.worst(), Duration.ofMillis(250));
            scene.judge("frozen, until the breaker opened", Duration.ofNanos(opened - frozen), Duration.ofSeconds(1));
            scene.judge("frozen, p99 while open", whileOpen.p99(), Duration.ofMillis(5));
            scene.judge("frozen, decided again after", recovery, Scene.RECOVERY);
            // A request of a moment before thawing may have been taken up by its thread only after it.
            assertThat(whileOpen
                            .between(opened, thawed - 200_000_000)
                            .only(Calls.Call::isDecided)
                            .all())
                    .isEmpty();
            assertThat(calls.between(end - 500_000_000, end).unavailable()).isZero();
            assertThat(scene.log.containing("unavailable (no reply")).hasSize(1);
            assertThat(scene.log.containing("answers again")).hasSize(1);
        }
    }

    @Test
    void isNoticedByOneRequestASecond() {
        try (Scene scene = Scene.begin()) {
            scene.redis.freeze();
            assertThat(scene.call().isDecided()).isFalse();
            Scene.pause(Duration.ofSeconds(1));
            assertThat(scene.call().outcome()).isEqualTo("Redis is known to be unavailable");
            scene.redis.thaw();
            scene.judge("frozen at 1/s, decided again after", scene.awaitDecision(Scene.RECOVERY), Scene.RECOVERY);
        }
    }

    @Test
    void atTheStartDoesNotKeepTheApplicationFromStarting() {
        try (RedisServer redis = RedisServer.start();
                Calm calm = new Calm()) {
            redis.freeze();
            long before = System.nanoTime();
            try (var store = new dev.sluice.store.redis.RedisBucketStore(
                    dev.sluice.store.redis.TestSettings.at(redis.port(), Scene.DEADLINE))) {
                assertThat(Duration.ofNanos(System.nanoTime() - before))
                        .isLessThan(calm.allow(Duration.ofMillis(1_000)));
                redis.thaw();
                long thawed = System.nanoTime();
                Scene.await(() -> Load.call(store, Scene.KEY).isDecided());
                assertThat(Duration.ofNanos(System.nanoTime() - thawed)).isLessThan(calm.allow(Scene.RECOVERY));
            }
        }
    }
}

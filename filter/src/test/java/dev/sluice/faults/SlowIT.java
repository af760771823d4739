package dev.sluice.faults;

import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.TestSettings;
import dev.sluice.testing.Fault;
import dev.sluice.testing.FaultProxy;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Redis or the network is slow. */
class SlowIT {

    /** A deadline is a promise: it has no tolerance but what the machine holds back. */
    private static final Duration LATEST = Scene.DEADLINE.plusMillis(20);

    @ParameterizedTest(name = "{0} ms")
    @ValueSource(ints = {30, 80})
    void aDelayWithinTheDeadlineIsServedByRedisFromTheFirstRequest(int millis) {
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(redis);
                Calm calm = new Calm()) {
            proxy.fault(Fault.delay(Duration.ofMillis(millis)));
            try (RedisBucketStore store = new RedisBucketStore(TestSettings.at(proxy.port(), Scene.DEADLINE));
                    Load load = Load.on(store)) {
                Calls calls = load.during(Duration.ofSeconds(3)).end();
                System.out.println("MEASURED delay " + millis + " ms: " + calls);
                if (calm.isQuiet()) {
                    assertThat(calls.worst()).isLessThan(calm.allow(LATEST));
                    assertThat(calls.unavailable()).isZero();
                } else {
                    assertThat(calls.decided()).isPositive();
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} ms")
    @ValueSource(ints = {200, 1000})
    void aDelayBeyondTheDeadlineTakesTheFailureModeInTime(int millis) {
        try (Scene scene = Scene.begin();
                Load load = Load.on(scene.store)) {
            scene.proxy.fault(Fault.delay(Duration.ofMillis(millis)));
            long slow = System.nanoTime();
            load.during(Duration.ofSeconds(3));
            long healed = System.nanoTime();
            scene.proxy.heal();
            Duration recovery = scene.awaitDecision(Scene.RECOVERY);
            Calls calls = load.end();
            System.out.println("MEASURED delay " + millis + " ms: " + calls.between(slow, healed));
            scene.judge("delay " + millis + " ms, worst call", calls.worst(), LATEST);
            scene.judge("delay " + millis + " ms, decided again after", recovery, Scene.RECOVERY);
            scene.judge(
                    "delay " + millis + " ms, p99 once open",
                    calls.between(slow + 1_000_000_000, healed).p99(),
                    Duration.ofMillis(5));
            assertThat(calls.between(slow + 1_000_000_000, healed).decided()).isZero();
            assertThat(scene.log.all()).hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void aSlowReplyNowAndThenDoesNotOpenTheBreaker() {
        try (Scene scene = Scene.begin();
                Load load = Load.on(scene.store, 16, Duration.ofMillis(20))) {
            for (int i = 0; i < 8; i++) {
                scene.proxy.fault(
                        Fault.delay(Duration.ofMillis(300)).on("EVALSHA").times(1));
                load.during(Duration.ofMillis(400)); // some 300 calls
            }
            Calls calls = load.end();
            System.out.println("MEASURED one slow reply each 400 ms: " + calls);
            scene.judge("1 % slow, worst call", calls.worst(), LATEST);
            if (scene.calm.isQuiet()) {
                assertThat(scene.log.all()).isEmpty();
                assertThat(calls.unavailable()).isBetween(1L, calls.count() / 10L);
            }
        }
    }

    @Test
    void aDrippingReplyIsCutAtTheDeadline() {
        try (Scene scene = Scene.begin()) {
            scene.proxy.fault(Fault.drip(Duration.ofMillis(80)));
            Calls.Call first = scene.call();
            assertThat(first.isDecided()).isFalse();
            scene.judge("drip, lone call", Duration.ofNanos(first.tookNanos()), LATEST);
            scene.judge(
                    "drip, until the breaker opened", scene.awaitOpen(Duration.ofSeconds(1)), Duration.ofSeconds(1));
            Calls.Call open = scene.call();
            assertThat(open.outcome()).isEqualTo("Redis is known to be unavailable");
            scene.proxy.heal();
            scene.judge("drip, decided again after", scene.awaitDecision(Scene.RECOVERY), Scene.RECOVERY);
        }
    }

    @Test
    void aDrippingReplyUnderLoadHoldsNobodyLonger() {
        try (Scene scene = Scene.begin();
                Load load = Load.on(scene.store)) {
            load.during(Duration.ofMillis(500));
            scene.proxy.fault(Fault.drip(Duration.ofMillis(80)));
            load.during(Duration.ofSeconds(2));
            scene.proxy.heal();
            Duration recovery = scene.awaitDecision(Scene.RECOVERY);
            Calls calls = load.end();
            System.out.println("MEASURED drip under load: " + calls);
            scene.judge("drip under load, worst call", calls.worst(), LATEST);
            scene.judge("drip under load, decided again after", recovery, Scene.RECOVERY);
        }
    }
}

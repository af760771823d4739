package dev.sluice.store.redis;

import dev.sluice.bucket.BucketState;
import dev.sluice.bucket.Decision;
import dev.sluice.bucket.RandomBuckets;
import dev.sluice.bucket.Timeline;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.bucket.Transition;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import dev.sluice.store.local.LocalBucketStore;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** The script against the arithmetic it copies: the same questions at the same moments, the same answers to the unit. */
@TestInstance(Lifecycle.PER_CLASS)
class TokenBucketScriptIT {

    private static final long START = 1_800_000_000_000_000L;

    private final RedisServer server = startServer();
    private final SteppedClockScript script = new SteppedClockScript(server.client());

    RedisServer startServer() {
        return RedisServer.start();
    }

    @AfterAll
    void stopRedis() {
        server.close();
    }

    @BeforeEach
    void emptyRedis() {
        server.client().flushAll();
    }

    static List<Timeline> timelines() {
        return Timeline.all();
    }

    @ParameterizedTest
    @MethodSource("timelines")
    void followsTheTimeline(Timeline timeline) {
        for (Timeline.Step step : timeline.steps()) {
            Charge charge = new Charge(BucketKey.unnamed("client"), timeline.bucket(), step.cost(), true);
            Decision decision = script.run(START + step.atMillis() * 1000, charge);
            assertThat(decision instanceof Decision.Permitted).as("%s", step).isEqualTo(step.permitted());
            assertThat(decision.remaining()).as("%s", step).isEqualTo(step.remaining());
            if (decision instanceof Decision.Rejected rejected) {
                assertThat(rejected.retryAfterMicros()).as("%s", step).isEqualTo(step.retryAfterMillis() * 1000);
            }
        }
    }

    /** 20 walks of 1 000 steps, each over five buckets whose parameters change now and then. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void agreesWithTokenBucketToTheUnit(long seed) {
        RandomBuckets random = new RandomBuckets(seed);
        Map<BucketKey, TokenBucket> buckets = new HashMap<>();
        Map<BucketKey, BucketState> states = new HashMap<>();
        long now = START;
        for (int step = 0; step < 1_000; step++) {
            BucketKey key = BucketKey.unnamed("client-" + random.below(5));
            TokenBucket bucket = buckets.get(key);
            if (bucket == null || random.oneIn(50)) {
                bucket = random.bucket();
                buckets.put(key, bucket);
            }
            now += random.clockStepMicros(bucket) / 4;
            long cost = random.cost(bucket);

            Transition expected = bucket.tryConsume(states.getOrDefault(key, bucket.full(now)), now, cost);
            Decision decision = script.run(now, new Charge(key, bucket, cost, true));

            assertThat(decision).as("seed %d, step %d: %s", seed, step, bucket).isEqualTo(expected.decision());
            boolean stored = expected.decision() instanceof Decision.Permitted;
            boolean clockAdopted = states.containsKey(key) && states.get(key).lastRefillMicros() - now > 1_000_000;
            if (stored || clockAdopted) {
                states.put(key, expected.state());
                assertThat(stored(key)).as("seed %d, step %d", seed, step).isEqualTo(expected.state());
            }
        }
    }

    /** Batches of requests, each for some buckets, enforced or measured: in one call of the script, one by one in Java. */
    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104, 105})
    void decidesManyRequestsInOneCallAsOneAfterTheOther(long seed) {
        RandomBuckets random = new RandomBuckets(seed);
        AtomicLong clock = new AtomicLong(START);
        LocalBucketStore oracle = new LocalBucketStore(clock::get, 1_000);
        List<TokenBucket> buckets = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            buckets.add(random.bucket());
        }
        for (int step = 0; step < 300; step++) {
            clock.addAndGet(random.stepMicros(buckets.get(random.below(6))) / 8);
            List<List<Charge>> requests = new ArrayList<>();
            for (int request = 0; request <= random.below(8); request++) {
                List<Charge> charges = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    if (random.oneIn(2) || (i == 5 && charges.isEmpty())) {
                        charges.add(new Charge(
                                BucketKey.of("policy-" + i, "client"),
                                buckets.get(i),
                                random.cost(buckets.get(i)),
                                !random.oneIn(4)));
                    }
                }
                requests.add(charges);
            }
            List<ScriptReply.Answer> answers = script.run(clock.get(), requests).answers();
            for (int request = 0; request < requests.size(); request++) {
                assertThat(((ScriptReply.Decided) answers.get(request)).decisions())
                        .as("seed %d, step %d, request %d", seed, step, request)
                        .isEqualTo(oracle.tryConsume(requests.get(request)));
            }
        }
    }

    /** Some of the requests are rejected elsewhere, a moment later: as if they had never been made. */
    @ParameterizedTest
    @ValueSource(longs = {201, 202, 203, 204, 205})
    void whatIsGivenBackNeverLeavesMoreThanIfItHadNotBeenTaken(long seed) {
        RandomBuckets random = new RandomBuckets(seed);
        TokenBucket bucket = random.bucket();
        BucketKey key = BucketKey.unnamed("lender");
        BucketKey twinKey = BucketKey.unnamed("twin");
        long now = START;
        for (int step = 0; step < 500; step++) {
            now += random.stepMicros(bucket) / 4;
            Charge charge = new Charge(key, bucket, random.cost(bucket), true);
            Charge twin = new Charge(twinKey, bucket, charge.cost(), true);
            Decision taken = script.run(now, charge);
            if (random.oneIn(2)) {
                long later = now + (random.oneIn(2) ? 0 : random.stepMicros(bucket));
                if (taken instanceof Decision.Permitted) {
                    Decision left = script.run(later, Act.GIVE_BACK, charge);
                    Decision untouched = script.run(later, Act.LOOK, twin);
                    assertThat(left.remaining())
                            .as("seed %d, step %d", seed, step)
                            .isEqualTo(untouched.remaining());
                    assertThat(left.nextTokenMicros()).isEqualTo(untouched.nextTokenMicros());
                }
                now = later;
            } else {
                assertThat(script.run(now, twin))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(taken);
            }
        }
    }

    @Test
    void givingBackFillsNoBucketAboveItsCapacityAndMakesNone() {
        TokenBucket bucket = new TokenBucket(5, 1, 1_000_000);
        Charge three = new Charge(BucketKey.unnamed("client"), bucket, 3, true);
        script.run(START, Act.GIVE_BACK, three);
        assertThat(server.client().exists(three.key().text())).isFalse();
        script.run(START, new Charge(three.key(), bucket, 1, true));
        assertThat(script.run(START, Act.GIVE_BACK, three)).isEqualTo(new Decision.Permitted(5, 0));
        assertThat(script.run(START, Act.GIVE_BACK, three)).isEqualTo(new Decision.Permitted(5, 0));
    }

    @Test
    void aLookTakesNothingAndTellsHowLongToWait() {
        TokenBucket bucket = new TokenBucket(5, 1, 1_000_000);
        Charge three = new Charge(BucketKey.unnamed("client"), bucket, 3, true);
        assertThat(script.run(START, Act.LOOK, three)).isEqualTo(new Decision.Permitted(5, 0));
        assertThat(server.client().exists(three.key().text())).isFalse();
        script.run(START, three);
        assertThat(script.run(START, Act.LOOK, three)).isEqualTo(new Decision.Rejected(2, 1_000_000, 1_000_000));
        assertThat(script.run(START, new Charge(three.key(), bucket, 2, true))).isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void aStepOfTheClockBackAndForthMintsNoMoreThanOneCapacity() {
        TokenBucket bucket = new TokenBucket(5, 1, 1_000_000);
        Charge one = new Charge(BucketKey.unnamed("client"), bucket, 1, true);
        long hour = 3_600_000_000L;
        for (int pair = 0; pair < 5; pair++) {
            assertThat(permittedOfTwenty(START + pair * 10, one)).isLessThanOrEqualTo(5);
            assertThat(permittedOfTwenty(START + pair * 10 - hour, one)).isZero();
        }
    }

    @Test
    void aStepBackOfTheClockLocksNobodyOutForMoreThanASecond() {
        TokenBucket bucket = new TokenBucket(1, 1, 1_000_000);
        Charge one = new Charge(BucketKey.unnamed("client"), bucket, 1, true);
        for (long step : new long[] {1, 500_000, 1_000_000, 1_000_001, 60_000_000, 3_600_000_000L}) {
            server.client().flushAll();
            script.run(START, one);
            long now = START - step;
            long wait = ((Decision.Rejected) script.run(now, one)).retryAfterMicros();
            assertThat(wait).as("step of %d us", step).isLessThanOrEqualTo(2_000_000);
            assertThat(script.run(now + wait, one)).isInstanceOf(Decision.Permitted.class);
        }
    }

    private int permittedOfTwenty(long nowMicros, Charge charge) {
        int permitted = 0;
        for (int i = 0; i < 20; i++) {
            permitted += script.run(nowMicros, charge) instanceof Decision.Permitted ? 1 : 0;
        }
        return permitted;
    }

    private BucketState stored(BucketKey key) {
        Map<String, String> hash = server.client().hgetAll(key.text());
        String[] fraction = hash.get("fraction").split("/");
        return new BucketState(
                Long.parseLong(hash.get("tokens")),
                Long.parseLong(fraction[0]),
                Long.parseLong(fraction[1]),
                Long.parseLong(hash.get("last_refill")));
    }
}

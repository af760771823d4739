package dev.sluice.bucket;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.math.BigInteger;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Laws of any token bucket, over random walks. A walk is named by its seed, so that it can be walked again. */
class TokenBucketLawsTest {

    private static final long START = 1_800_000_000_000_000L;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theLevelStaysBetweenEmptyAndFull(long seed) {
        walk(seed, (bucket, before, transition, now, cost) -> {
            BucketState after = transition.state();
            assertThat(after.tokens()).isBetween(0L, bucket.capacity());
            assertThat(after.tokens() == bucket.capacity() && after.fraction() > 0)
                    .isFalse();
            assertThat(after.unit()).isEqualTo(bucket.refillPeriodMicros());
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void waitingRetryAfterExactlySuffices(long seed) {
        walk(seed, (bucket, before, transition, now, cost) -> {
            if (transition.decision() instanceof Decision.Rejected rejected) {
                long then = now + rejected.retryAfterMicros();
                assertThat(bucket.tryConsume(transition.state(), then, cost).decision())
                        .isInstanceOf(Decision.Permitted.class);
                assertThat(bucket.tryConsume(transition.state(), then - 1, cost).decision())
                        .isInstanceOf(Decision.Rejected.class);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theNextTokenComesWhenSaid(long seed) {
        walk(seed, (bucket, before, transition, now, cost) -> {
            Decision decision = transition.decision();
            if (decision.nextTokenMicros() > 0) {
                long then = now + decision.nextTokenMicros();
                assertThat(remaining(bucket, transition.state(), then)).isGreaterThan(decision.remaining());
                assertThat(remaining(bucket, transition.state(), then - 1)).isEqualTo(decision.remaining());
            } else {
                assertThat(decision.remaining()).isEqualTo(bucket.capacity());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDecisionSaysLaterWhatWouldBeSaidThen(long seed) {
        walk(seed, (bucket, before, transition, now, cost) -> {
            if (transition.state().lastRefillMicros() > now) {
                return; // while the clock catches up, waiting is not refilling
            }
            for (long elapsed : new long[] {0, 1, 7, seed * 1_000, 1_000_000}) {
                Decision then =
                        bucket.tryConsume(transition.state(), now + elapsed, 0).decision();
                Decision later = bucket.later(transition.decision(), elapsed);
                // A wait is rounded up to a whole microsecond, and what was rounded is not known later.
                long aMicrosecond = 1 + bucket.refillTokens() / bucket.refillPeriodMicros();
                assertThat(later.remaining()).isBetween(then.remaining() - aMicrosecond, then.remaining());
                if (later.remaining() == then.remaining()) {
                    assertThat(later.nextTokenMicros()).isBetween(then.nextTokenMicros(), then.nextTokenMicros() + 1);
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRejectedCostChangesNothing(long seed) {
        walk(seed, (bucket, before, transition, now, cost) -> {
            boolean clockAdopted = transition.state().lastRefillMicros() < before.lastRefillMicros();
            if (transition.decision() instanceof Decision.Rejected && !clockAdopted) {
                long later = now + 1 + seed * 1000;
                assertThat(bucket.tryConsume(transition.state(), later, 1))
                        .isEqualTo(bucket.tryConsume(before, later, 1));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void severalAtOnceLeaveWhatOneByOneLeaves(long seed) {
        walk(seed, (bucket, before, transition, now, cost) -> {
            if (transition.decision() instanceof Decision.Permitted && cost <= 50) {
                BucketState state = before;
                for (long i = 0; i < cost; i++) {
                    state = bucket.tryConsume(state, now, 1).state();
                }
                assertThat(state).isEqualTo(transition.state());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void timeNeverHurts(long seed) {
        walk(seed, (bucket, before, transition, now, cost) -> {
            long soon = remaining(bucket, transition.state(), now + 10);
            long later = remaining(bucket, transition.state(), now + 10_000_000);
            assertThat(soon).isGreaterThanOrEqualTo(transition.state().tokens());
            assertThat(later).isGreaterThanOrEqualTo(soon);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void admitsAtMostCapacityAndRefill(long seed) {
        RandomBuckets random = new RandomBuckets(seed);
        TokenBucket bucket = random.bucket();
        BucketState state = bucket.full(START);
        long now = START;
        long admitted = 0;
        for (int step = 0; step < 200; step++) {
            now += random.stepMicros(bucket) / 3;
            long cost = random.cost(bucket);
            Transition transition = bucket.tryConsume(state, now, cost);
            state = transition.state();
            admitted += transition.decision() instanceof Decision.Permitted ? cost : 0;
            assertThat(BigInteger.valueOf(admitted)).isLessThanOrEqualTo(bound(bucket, now - START));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSaturatingClientGetsAllButOneToken(long seed) {
        RandomBuckets random = new RandomBuckets(seed);
        TokenBucket bucket = random.bucket();
        if (bucket.refillTokens() > bucket.refillPeriodMicros() || bucket.capacity() == 1) {
            return; // full again between two microseconds: nobody can ask often enough to lose nothing
        }
        BucketState state = bucket.full(START);
        long now = START;
        long admitted = 0;
        for (int step = 0; step < 100; step++) {
            long most = bucket.tryConsume(state, now, 0).decision().remaining();
            Transition transition = bucket.tryConsume(state, now, most);
            state = transition.state();
            admitted += most;
            assertThat(BigInteger.valueOf(admitted)).isEqualTo(bound(bucket, now - START));
            now += Math.min(random.stepMicros(bucket), transition.decision().nextTokenMicros());
        }
    }

    /** {@code capacity + refill * T}, rounded down: an exact rational, by other means than the bucket's own. */
    private static BigInteger bound(TokenBucket bucket, long elapsedMicros) {
        return BigInteger.valueOf(elapsedMicros)
                .multiply(BigInteger.valueOf(bucket.refillTokens()))
                .divide(BigInteger.valueOf(bucket.refillPeriodMicros()))
                .add(BigInteger.valueOf(bucket.capacity()));
    }

    private static long remaining(TokenBucket bucket, BucketState state, long nowMicros) {
        return bucket.tryConsume(state, nowMicros, 0).decision().remaining();
    }

    private interface Law {
        void holds(TokenBucket bucket, BucketState before, Transition transition, long nowMicros, long cost);
    }

    private static void walk(long seed, Law law) {
        RandomBuckets random = new RandomBuckets(seed);
        TokenBucket bucket = random.bucket();
        BucketState state = bucket.full(START);
        long now = START;
        for (int step = 0; step < 100; step++) {
            now += random.clockStepMicros(bucket);
            long cost = random.cost(bucket);
            Transition transition = bucket.tryConsume(state, now, cost);
            law.holds(bucket, state, transition, now, cost);
            state = transition.state();
        }
    }
}

package dev.sluice.bucket;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The parameters of a token bucket and its whole arithmetic, in exact integers. The package page tells how it works and
 * why; {@code token_bucket.lua} is the same text for Redis.
 *
 * <p>The refill is kept in lowest terms: 5 tokens per minute and 1 token per 12 seconds are equal buckets. In lowest
 * terms a token is {@code refillPeriodMicros} units, a microsecond adds {@code refillTokens} units, and no division is
 * ever inexact.
 *
 * <p>Immutable. Safe for use by many threads.
 *
 * @param capacity the most tokens held at once, 1 to 1 000 000 000
 * @param refillTokens tokens that return per period, at least 1
 * @param refillPeriodMicros the period in microseconds, at least 1
 */
public record TokenBucket(long capacity, long refillTokens, long refillPeriodMicros) {

    /** The largest capacity. */
    public static final long MAX_CAPACITY = 1_000_000_000L;

    /** Up to here every whole number is a double, the only number of Redis' Lua. */
    private static final long MAX_EXACT = 1L << 53;

    /** A clock that stepped back by more than this is believed; a smaller step waits until it has caught up. */
    private static final long CLOCK_STEP_MICROS = 1_000_000;

    /**
     * @throws IllegalArgumentException if a value is out of its range, or if the bucket needs numbers that are not exact
     *     in a double: {@code capacity * refillPeriodMicros + refillTokens}, in lowest terms, must not exceed 2^53
     */
    public TokenBucket {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity must be from 1 to " + MAX_CAPACITY + ", was " + capacity);
        }
        if (refillTokens < 1) {
            throw new IllegalArgumentException("refillTokens must be at least 1, was " + refillTokens);
        }
        if (refillPeriodMicros < 1) {
            throw new IllegalArgumentException("refillPeriodMicros must be at least 1, was " + refillPeriodMicros);
        }
        long divisor = greatestCommonDivisor(refillTokens, refillPeriodMicros);
        refillTokens /= divisor;
        refillPeriodMicros /= divisor;
        if (refillTokens > MAX_EXACT || refillPeriodMicros > (MAX_EXACT - refillTokens) / capacity) {
            throw new IllegalArgumentException("capacity " + capacity + " with a refill of " + refillTokens + " per "
                    + refillPeriodMicros + " us cannot be counted exactly (capacity * period + tokens > 2^53);"
                    + " use a smaller capacity or a rounder refill");
        }
    }

    /**
     * The bucket that regains {@code refillTokens} tokens in each {@code refillPeriod}; what the period has beyond whole
     * microseconds is dropped.
     */
    public static TokenBucket of(long capacity, long refillTokens, Duration refillPeriod) {
        return new TokenBucket(capacity, refillTokens, TimeUnit.MICROSECONDS.convert(refillPeriod));
    }

    /** The state of a bucket that nobody has used: full. */
    public BucketState full(long nowMicros) {
        return new BucketState(capacity, 0, refillPeriodMicros, nowMicros);
    }

    /** Time from empty to full, rounded up to a whole microsecond. */
    public long fillMicros() {
        return divideRoundingUp(capacity * refillPeriodMicros, refillTokens);
    }

    /**
     * Refills by the time since the last refill, caps at the capacity, and takes {@code cost} tokens if there are that
     * many. A rejected cost takes nothing. A cost of 0 looks without taking.
     *
     * <p>A bucket of capacity 10 that refills 1 token a second and holds 2 tokens rejects a cost of 3 with a
     * {@code retryAfterMicros} of 1 000 000: at that moment, and not a microsecond earlier, it holds 3.
     *
     * @param state as it was left, under these or other parameters: a level above the capacity is cut, a fraction of a
     *     token is carried over rounded down
     * @param nowMicros the clock of the store, in microseconds; it may have stepped back
     * @param cost tokens to take, 0 to {@code capacity}
     */
    public Transition tryConsume(BucketState state, long nowMicros, long cost) {
        BucketState refilled = refill(state, nowMicros);
        if (refilled.tokens() < cost) {
            long retryAfterMicros = microsUntil(cost, refilled, nowMicros);
            return new Transition(
                    refilled,
                    new Decision.Rejected(refilled.tokens(), nextTokenMicros(refilled, nowMicros), retryAfterMicros));
        }
        BucketState left = new BucketState(
                refilled.tokens() - cost, refilled.fraction(), refilled.unit(), refilled.lastRefillMicros());
        return new Transition(left, new Decision.Permitted(left.tokens(), nextTokenMicros(left, nowMicros)));
    }

    /**
     * What a decision would say some time later, if nobody consumes meanwhile: more tokens, shorter waits. Never more
     * tokens than there would be, and at most a microsecond late.
     */
    public Decision later(Decision decision, long elapsedMicros) {
        long remaining = decision.remaining();
        long nextTokenMicros = decision.nextTokenMicros() - elapsedMicros;
        if (remaining < capacity && nextTokenMicros <= 0) {
            // Bounded by the capacity first, so that the product below is one of exact numbers.
            long elapsed = Math.min(-nextTokenMicros, fillMicros());
            long units = elapsed * refillTokens;
            remaining = Math.min(capacity, remaining + 1 + units / refillPeriodMicros);
            nextTokenMicros = divideRoundingUp(refillPeriodMicros - units % refillPeriodMicros, refillTokens);
        }
        nextTokenMicros = remaining == capacity ? 0 : nextTokenMicros;
        return decision instanceof Decision.Rejected rejected
                ? new Decision.Rejected(
                        remaining, nextTokenMicros, Math.max(1, rejected.retryAfterMicros() - elapsedMicros))
                : new Decision.Permitted(remaining, nextTokenMicros);
    }

    private BucketState refill(BucketState state, long nowMicros) {
        long tokens = Math.min(state.tokens(), capacity);
        long fraction = tokens == capacity ? 0 : fractionInUnits(state);
        long lastRefillMicros = state.lastRefillMicros();
        if (lastRefillMicros - nowMicros > CLOCK_STEP_MICROS) {
            lastRefillMicros = nowMicros;
        }
        if (nowMicros <= lastRefillMicros) {
            return new BucketState(tokens, fraction, refillPeriodMicros, lastRefillMicros);
        }
        long elapsedMicros = nowMicros - lastRefillMicros;
        long missing = (capacity - tokens) * refillPeriodMicros - fraction;
        if (elapsedMicros >= divideRoundingUp(missing, refillTokens)) {
            return full(nowMicros);
        }
        long units = fraction + elapsedMicros * refillTokens; // below capacity units: not yet full
        return new BucketState(
                tokens + units / refillPeriodMicros, units % refillPeriodMicros, refillPeriodMicros, nowMicros);
    }

    /** The fraction of a token, in units of this bucket: the refill may have changed since it was written. */
    private long fractionInUnits(BucketState state) {
        if (state.unit() == refillPeriodMicros) {
            return state.fraction();
        }
        return BigInteger.valueOf(state.fraction())
                .multiply(BigInteger.valueOf(refillPeriodMicros))
                .divide(BigInteger.valueOf(state.unit()))
                .longValueExact();
    }

    private long nextTokenMicros(BucketState state, long nowMicros) {
        return state.tokens() == capacity ? 0 : microsUntil(state.tokens() + 1, state, nowMicros);
    }

    /** Time until the bucket holds {@code tokens}; a stored time ahead of the clock must be reached first. */
    private long microsUntil(long tokens, BucketState state, long nowMicros) {
        long missing = (tokens - state.tokens()) * refillPeriodMicros - state.fraction();
        return divideRoundingUp(missing, refillTokens) + (state.lastRefillMicros() - nowMicros);
    }

    private static long divideRoundingUp(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    // Written out: the generated one would keep the application's class loader alive (JDK 17, ObjectMethods).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenBucket bucket
                && capacity == bucket.capacity
                && refillTokens == bucket.refillTokens
                && refillPeriodMicros == bucket.refillPeriodMicros;
    }

    @Override
    public int hashCode() {
        return Long.hashCode((capacity * 31 + refillTokens) * 31 + refillPeriodMicros);
    }
}

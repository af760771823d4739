package dev.sluice.check;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.config.Period;
import dev.sluice.policy.Policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Locale;

/** The arithmetic of a policy: what it comes to, for one client. Immutable. */
record PolicyFigures(Policy policy) {

    private static final long MICROS_PER_HOUR = 3_600_000_000L;

    /** Units of a rate, and their microseconds; a rate is told in the smallest in which it is at least one. */
    private enum Unit {
        SECOND(1_000_000L),
        MINUTE(60_000_000L),
        HOUR(MICROS_PER_HOUR),
        DAY(24 * MICROS_PER_HOUR);

        private final long micros;

        Unit(long micros) {
            this.micros = micros;
        }
    }

    /** {@code 5 requests a minute}. */
    String sustained() {
        for (Unit unit : Unit.values()) {
            BigDecimal rate = per(unit.micros);
            if (rate.compareTo(BigDecimal.ONE) >= 0 || unit == Unit.DAY) {
                return plain(rate)
                        + requests(rate)
                        + (unit == Unit.HOUR ? "an " : "a ")
                        + unit.name().toLowerCase(Locale.ROOT);
            }
        }
        throw new IllegalStateException("no units");
    }

    /** {@code 5 requests at once}. */
    String burst() {
        long burst = policy.bucket().capacity() / policy.cost();
        return burst + requests(BigDecimal.valueOf(burst)) + "at once";
    }

    /** {@code 1m}. */
    String timeToFull() {
        return Period.text(policy.bucket().fillMicros());
    }

    /** {@code 305 requests}: a full bucket, and what returns in an hour. */
    String worstHour() {
        BigInteger requests = BigInteger.valueOf(policy.bucket().capacity())
                .add(refillOfAnHour())
                .divide(BigInteger.valueOf(policy.cost()));
        return requests + requests(new BigDecimal(requests)) + "(capacity "
                + policy.bucket().capacity() + " + refill " + refillOfAnHour()
                + (policy.cost() == 1 ? "" : ", at a cost of " + policy.cost()) + ")";
    }

    private BigInteger refillOfAnHour() {
        TokenBucket bucket = policy.bucket();
        return BigInteger.valueOf(MICROS_PER_HOUR)
                .multiply(BigInteger.valueOf(bucket.refillTokens()))
                .divide(BigInteger.valueOf(bucket.refillPeriodMicros()));
    }

    private BigDecimal per(long micros) {
        return BigDecimal.valueOf(policy.bucket().refillTokens())
                .multiply(BigDecimal.valueOf(micros))
                .divide(
                        BigDecimal.valueOf(policy.bucket().refillPeriodMicros())
                                .multiply(BigDecimal.valueOf(policy.cost())),
                        new MathContext(4));
    }

    private static String requests(BigDecimal number) {
        return number.compareTo(BigDecimal.ONE) == 0 ? " request " : " requests ";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}

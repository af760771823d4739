package dev.sluice.config;

import dev.sluice.bucket.TokenBucket;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How tokens return, in lowest terms and without loss: {@code 0.5/1s} is 1 token per 2 000 000 us.
 *
 * @param tokens per period, at least 1
 * @param periodMicros the period in microseconds, at least 1
 */
record Refill(long tokens, long periodMicros) {

    private static final Pattern DECIMAL = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");
    private static final Pattern SHORT_DECIMAL = Pattern.compile("[0-9]{1,15}(?:\\.[0-9]{1,12})?");
    private static final Pattern UNIT = Pattern.compile("[A-Za-z]{1,2}");
    private static final long MICROS_PER_SECOND = 1_000_000;

    /** {@code TOKENS/PERIOD}, as of a named policy. */
    static final Format<Refill> PER_PERIOD = new Format<>() {
        @Override
        public String expected() {
            return "TOKENS/PERIOD, more than 0 tokens per us, ms, s, m, h or d, such as 5/1m, 100/s or 0.5/PT1S";
        }

        @Override
        public Refill read(String text) throws BadValueException {
            int slash = text.indexOf('/');
            if (slash < 0) {
                throw bad();
            }
            String period = text.substring(slash + 1).strip();
            Optional<Long> micros = Period.micros(UNIT.matcher(period).matches() ? "1" + period : period);
            if (micros.isEmpty()) {
                throw Period.brokenRule(period).map(this::bad).orElseGet(this::bad);
            }
            return of(this, text.substring(0, slash).strip(), micros.get());
        }
    };

    /** Tokens per second, as of the unnamed policy. */
    static final Format<Refill> PER_SECOND = new Format<>() {
        @Override
        public String expected() {
            return "tokens per second, a plain number more than 0, such as 1 or 0.1";
        }

        @Override
        public Refill read(String text) throws BadValueException {
            return of(this, text, MICROS_PER_SECOND);
        }
    };

    /** A bucket of this refill; fails as {@link TokenBucket} does. */
    TokenBucket bucket(long capacity) {
        return new TokenBucket(capacity, tokens, periodMicros);
    }

    /** Tokens per second for people, to four digits. */
    String perSecond() {
        return BigDecimal.valueOf(tokens)
                .multiply(BigDecimal.valueOf(MICROS_PER_SECOND))
                .divide(BigDecimal.valueOf(periodMicros), new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static Refill of(Format<Refill> format, String decimal, long periodMicros) throws BadValueException {
        if (!DECIMAL.matcher(decimal).matches()) {
            throw format.bad();
        }
        if (!SHORT_DECIMAL.matcher(decimal).matches()) {
            throw format.bad("at most 15 digits before the point and 12 after it");
        }
        BigDecimal tokens = new BigDecimal(decimal);
        BigInteger numerator = tokens.unscaledValue();
        BigInteger denominator = BigInteger.TEN.pow(tokens.scale()).multiply(BigInteger.valueOf(periodMicros));
        if (numerator.signum() == 0) {
            throw format.bad();
        }
        BigInteger divisor = numerator.gcd(denominator);
        numerator = numerator.divide(divisor);
        denominator = denominator.divide(divisor);
        if (numerator.bitLength() >= Long.SIZE || denominator.bitLength() >= Long.SIZE) {
            throw format.bad(format == PER_SECOND ? "fewer digits" : "fewer digits or a shorter period");
        }
        return new Refill(numerator.longValue(), denominator.longValue());
    }
}

package dev.sluice.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time as it is written in a configuration, {@code 150ms}, {@code 1d}, {@code PT1M30S}, in whole microseconds. */
public final class Period {

    private static final Map<String, Long> MICROS_PER_UNIT = Map.of(
            "us", 1L,
            "ms", 1_000L,
            "s", 1_000_000L,
            "m", 60_000_000L,
            "h", 3_600_000_000L,
            "d", 86_400_000_000L);
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,12})([a-z]{1,2})");
    private static final Pattern ISO_8601 = Pattern.compile("p[0-9dthms.]{2,40}");
    private static final String UNITS = "(?:us|ms|s|m|h|d)";
    private static final Pattern WHOLE = Pattern.compile("[0-9]+" + UNITS);
    private static final Pattern BROKEN = Pattern.compile("[0-9]+\\.[0-9]+" + UNITS);
    private static final Pattern ISO_8601_SHAPE =
            Pattern.compile("p(?=[0-9t])(?:[0-9]+d)?(?:t(?=[0-9])(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+(?:\\.[0-9]+)?s)?)?");
    private static final Pattern BLANK = Pattern.compile("\\s+");
    private static final Pattern NO_DIGIT_BUT_ZERO = Pattern.compile("[^1-9]*");
    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger NANOS_PER_MICRO = BigInteger.valueOf(1_000);

    private Period() {}

    /** Microseconds, more than 0; empty if the text is no time, or not one of whole microseconds, or more than a long. */
    static Optional<Long> micros(String text) {
        String period = text.toLowerCase(Locale.ROOT);
        Matcher simple = NUMBER_AND_UNIT.matcher(period);
        if (simple.matches()) {
            return Optional.ofNullable(MICROS_PER_UNIT.get(simple.group(2)))
                    .map(unit -> BigInteger.valueOf(unit).multiply(new BigInteger(simple.group(1))))
                    .flatMap(Period::positiveLong);
        }
        return ISO_8601.matcher(period).matches() ? ofIso8601(period) : Optional.empty();
    }

    /** The rule that a text breaks which {@link #micros} does not read, if it looks like a time all the same. */
    static Optional<String> brokenRule(String text) {
        String period = text.toLowerCase(Locale.ROOT);
        String joined = BLANK.matcher(period).replaceAll("");
        boolean iso = ISO_8601_SHAPE.matcher(joined).matches();
        if (BROKEN.matcher(joined).matches()) {
            return Optional.of("a whole number before the unit, as in 1500ms");
        }
        if (!iso && !WHOLE.matcher(joined).matches()) {
            return Optional.empty();
        }
        if (!joined.equals(period)) {
            return Optional.of("no blank before the unit");
        }
        if (NO_DIGIT_BUT_ZERO.matcher(joined).matches()) {
            return Optional.of("a period of more than 0");
        }
        return Optional.of(
                iso && joined.contains(".") ? "a period of whole microseconds" : "a period of at most 106751991d");
    }

    private static Optional<Long> ofIso8601(String period) {
        try {
            Duration duration = Duration.parse(period);
            BigInteger nanos = BigInteger.valueOf(duration.getSeconds())
                    .multiply(NANOS_PER_SECOND)
                    .add(BigInteger.valueOf(duration.getNano()));
            BigInteger[] micros = nanos.divideAndRemainder(NANOS_PER_MICRO);
            return micros[1].signum() == 0 ? positiveLong(micros[0]) : Optional.empty();
        } catch (DateTimeParseException notADuration) {
            return Optional.empty();
        }
    }

    private static Optional<Long> positiveLong(BigInteger micros) {
        return micros.signum() > 0 && micros.bitLength() < Long.SIZE
                ? Optional.of(micros.longValue())
                : Optional.empty();
    }

    /** For people: {@code 150ms}, {@code 1m40s}, {@code 3.334s} (rounded up to milliseconds from one second on). */
    public static String text(long micros) {
        if (micros < 1_000) {
            return micros + "us";
        }
        if (micros < 1_000_000) {
            return decimal(micros) + "ms";
        }
        long millis = (micros + 999) / 1_000;
        StringBuilder text = new StringBuilder();
        append(text, millis / 86_400_000, "d");
        append(text, millis / 3_600_000 % 24, "h");
        append(text, millis / 60_000 % 60, "m");
        if (millis % 60_000 > 0) {
            text.append(decimal(millis % 60_000)).append("s");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(number).append(unit);
        }
    }

    /** Thousandths as a number. */
    private static String decimal(long thousandths) {
        return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
    }
}

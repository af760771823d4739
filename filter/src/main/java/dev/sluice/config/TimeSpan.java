package dev.sluice.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** A duration within bounds: {@code 150ms}, {@code 10s}, {@code PT1M30S}. */
record TimeSpan(Duration least, Duration most) implements Format<Duration> {

    @Override
    public String expected() {
        return "a duration from " + text(least) + " to " + text(most) + ", such as 150ms, 10s or PT1M";
    }

    @Override
    public Duration read(String text) throws BadValueException {
        Duration duration = Duration.of(Period.micros(text).orElseThrow(() -> unread(text)), ChronoUnit.MICROS);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw bad();
        }
        return duration;
    }

    private BadValueException unread(String text) {
        return Period.brokenRule(text).map(this::bad).orElseGet(this::bad);
    }

    private static String text(Duration duration) {
        return Period.text(duration.toNanos() / 1_000);
    }
}

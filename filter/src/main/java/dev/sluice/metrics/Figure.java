package dev.sluice.metrics;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * One number that is published. Safe for use by many threads.
 *
 * @param instrument what it measures
 * @param tagValues one for each tag of the instrument, in order
 * @param reading the number as it stands now; of time, in nanoseconds
 */
record Figure(Instrument instrument, List<String> tagValues, LongSupplier reading) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final String PREFIX = "sluice.";

    Figure {
        if (tagValues.size() != instrument.tags().size()) {
            throw new IllegalArgumentException("expected values for " + instrument.tags() + ", got " + tagValues);
        }
    }

    static Figure of(Instrument instrument, LongSupplier reading, String... tagValues) {
        return new Figure(instrument, List.of(tagValues), reading);
    }

    /** Unique within a filter, and its name in JMX: {@code requests.login.permitted}, {@code store.calls}. */
    String id() {
        String name = instrument.text().substring(PREFIX.length());
        return tagValues.isEmpty() ? name : name + "." + String.join(".", tagValues);
    }

    /** The number, a {@code Long}; of time a {@code Double}, in seconds. */
    Number value() {
        long number = reading.getAsLong();
        return instrument.isInSeconds() ? (Number) (number / NANOS_PER_SECOND) : (Number) number;
    }
}

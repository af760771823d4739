package dev.sluice.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How values spread over fixed bounds. Every value is counted exactly once. Safe for use by many threads. */
final class Histogram {

    private final long[] bounds;
    // One more than there are bounds: the last is for what exceeds them all.
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    /** @param bounds ascending; a value belongs to the first that it does not exceed */
    Histogram(long... bounds) {
        this.bounds = bounds.clone();
        this.counts = Stream.generate(LongAdder::new).limit(bounds.length + 1L).toArray(LongAdder[]::new);
    }

    void record(long value) {
        int at = 0;
        while (at < bounds.length && value > bounds[at]) {
            at++;
        }
        counts[at].increment();
        sum.add(value);
    }

    LongStream bounds() {
        return LongStream.of(bounds);
    }

    /** How many values do not exceed this bound, one of {@link #bounds}. */
    long within(long bound) {
        long within = 0;
        for (int at = 0; at < bounds.length && bounds[at] <= bound; at++) {
            within += counts[at].sum();
        }
        return within;
    }

    /** How many values there were. */
    long count() {
        return Stream.of(counts).mapToLong(LongAdder::sum).sum();
    }

    /** All values added up. */
    long sum() {
        return sum.sum();
    }
}

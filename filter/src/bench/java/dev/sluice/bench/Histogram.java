package dev.sluice.bench;

import java.util.StringJoiner;

/** How often which time was taken, to within 1 percent. Confined to one thread. */
final class Histogram {

    private static final int STEPS_LOG2 = 7;
    private static final int STEPS = 1 << STEPS_LOG2;

    private final long[] counts = new long[STEPS * (Long.SIZE - STEPS_LOG2)];
    private long total;

    void record(long nanos) {
        counts[index(Math.max(nanos, 0))]++;
        total++;
    }

    void add(Histogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    long total() {
        return total;
    }

    /** The time, in microseconds, that this share of all has not exceeded. */
    double micros(double share) {
        long rank = (long) Math.ceil(total * share);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return (value(i) + value(i + 1)) / 2e3;
            }
        }
        return 0;
    }

    /** One word, which {@link #parse} reads. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(",", "h", "");
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                text.add(i + ":" + counts[i]);
            }
        }
        return text.toString();
    }

    static Histogram parse(String text) {
        Histogram histogram = new Histogram();
        for (String entry : text.substring(1).split(",")) {
            if (!entry.isEmpty()) {
                int colon = entry.indexOf(':');
                long count = Long.parseLong(entry.substring(colon + 1));
                histogram.counts[Integer.parseInt(entry.substring(0, colon))] += count;
                histogram.total += count;
            }
        }
        return histogram;
    }

    private static int index(long value) {
        int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(value | 1) - STEPS_LOG2);
        return (shift << STEPS_LOG2) + (int) (value >>> shift);
    }

    private static long value(int index) {
        int shift = Math.max(0, (index >> STEPS_LOG2) - 1);
        return (long) (index - (shift << STEPS_LOG2)) << shift;
    }
}

package dev.sluice.faults;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Calls that a {@link Load} has made. Immutable. */
record Calls(List<Call> all) {

    /**
     * One call.
     *
     * @param startedNanos on the clock of {@link System#nanoTime}
     * @param outcome {@code ""} if the store decided, otherwise why it did not
     */
    record Call(long startedNanos, long tookNanos, String outcome) {

        boolean isDecided() {
            return outcome.isEmpty();
        }
    }

    /** Those that began in this span. */
    Calls between(long fromNanos, long toNanos) {
        return only(call -> call.startedNanos() - fromNanos >= 0 && call.startedNanos() - toNanos < 0);
    }

    Calls only(Predicate<Call> kind) {
        return new Calls(all.stream().filter(kind).toList());
    }

    int count() {
        return all.size();
    }

    long decided() {
        return all.stream().filter(Call::isDecided).count();
    }

    long unavailable() {
        return count() - decided();
    }

    Duration worst() {
        return quantile(1);
    }

    Duration p99() {
        return quantile(0.99);
    }

    @Override
    public String toString() {
        return "%d calls, %d decided, p99 %.1f ms, worst %.1f ms"
                .formatted(count(), decided(), p99().toNanos() / 1e6, worst().toNanos() / 1e6);
    }

    private Duration quantile(double part) {
        long[] sorted = all.stream().mapToLong(Call::tookNanos).sorted().toArray();
        return sorted.length == 0
                ? Duration.ZERO
                : Duration.ofNanos(sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * part))]);
    }
}

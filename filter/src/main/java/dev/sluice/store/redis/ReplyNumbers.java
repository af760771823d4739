package dev.sluice.store.redis;

import java.util.List;

/** The numbers of a reply, one after the other. Confined to one thread. */
final class ReplyNumbers {

    private final List<?> values;
    private int next;

    /** @throws IllegalArgumentException if it is not an array */
    ReplyNumbers(Object reply) {
        if (!(reply instanceof List<?> array)) {
            throw new IllegalArgumentException("expected an array");
        }
        this.values = array;
    }

    boolean hasNext() {
        return next < values.size();
    }

    /**
     * At least -1.
     *
     * @throws IllegalArgumentException if there is none
     */
    long next() {
        if (hasNext() && values.get(next) instanceof Long number && number >= -1) {
            next++;
            return number;
        }
        throw new IllegalArgumentException("expected a number at position " + next + " of " + values.size());
    }

    /** From 1 to {@code last}. */
    int position(int last) {
        long position = next();
        if (position < 1 || position > last) {
            throw new IllegalArgumentException("expected a position from 1 to " + last + ", was " + position);
        }
        return (int) position;
    }
}

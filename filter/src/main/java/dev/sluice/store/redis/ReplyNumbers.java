package dev.sluice.store.redis;

import java.util.List;

/** The numbers of a reply. Confined to one thread. */
final class ReplyNumbers {

    private final List<?> values;

    /** @throws IllegalArgumentException if it is not an array */
    ReplyNumbers(Object reply) {
        if (!(reply instanceof List<?> array)) {
            throw new IllegalArgumentException("expected an array");
        }
        this.values = array;
    }

    int size() {
        return values.size();
    }

    /**
     * The one at a place, from 0; at least -1.
     *
     * @throws IllegalArgumentException if there is none
     */
    long at(int place) {
        if (place < values.size() && values.get(place) instanceof Long number && number >= -1) {
            return number;
        }
        throw new IllegalArgumentException("expected a number at position " + place + " of " + values.size());
    }

    /** The one at a place, which is from 1 to {@code last}. */
    int positionAt(int place, int last) {
        long position = at(place);
        if (position < 1 || position > last) {
            throw new IllegalArgumentException("expected a position from 1 to " + last + ", was " + position);
        }
        return (int) position;
    }
}

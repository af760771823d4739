package dev.sluice.bucket;

/**
 * The outcome for one bucket. Immutable.
 *
 * <p>A bucket of capacity 10 at 1 token a second that gave six tokens a moment ago, and is asked for one, is
 * {@code Permitted} with 3 {@code remaining} and the next token in 1 000 000 us. Asked for 5 instead, it is
 * {@code Rejected} with 4 remaining, and would pass after 1 000 000 us.
 */
public sealed interface Decision {

    /** Whole tokens left in the bucket after this decision. */
    long remaining();

    /** Microseconds until the bucket holds one whole token more; 0 when it is full and there is no more to come. */
    long nextTokenMicros();

    /** The bucket held the cost. */
    record Permitted(long remaining, long nextTokenMicros) implements Decision {}

    /**
     * The bucket did not hold the cost, and nothing was taken.
     *
     * @param retryAfterMicros how long until this cost could pass, at least 1; exact if nobody else consumes
     */
    record Rejected(long remaining, long nextTokenMicros, long retryAfterMicros) implements Decision {}
}

package dev.sluice.bucket;

/**
 * What is stored of one bucket: the Redis hash in Java. With {@code tokens} 3, {@code fraction} 250 and {@code unit}
 * 1000 it held three tokens and a quarter at {@code lastRefillMicros}. Immutable.
 *
 * @param tokens whole tokens, at least 0
 * @param fraction of the next token, in units, 0 to {@code unit - 1}
 * @param unit how many units a token was when this was written, at least 1
 * @param lastRefillMicros when the level was last brought up to date, in microseconds on the clock of the store
 */
public record BucketState(long tokens, long fraction, long unit, long lastRefillMicros) {

    public BucketState {
        if (tokens < 0 || fraction < 0 || fraction >= unit) {
            throw new IllegalArgumentException(
                    "expected tokens >= 0 and 0 <= fraction < unit, was " + tokens + ", " + fraction + "/" + unit);
        }
    }
}

package dev.sluice.config;

/**
 * What one source says of an option. Immutable; its text does not show the value, which may be a secret.
 *
 * @param name as it is written there: {@code ratelimit.bucket.capacity}, {@code BUCKET_CAPACITY}
 * @param value as it is written there
 * @param origin where that is, for messages
 * @param ordinal of the source: the highest wins
 */
record Given(String name, String value, String origin, int ordinal) {

    /** An empty value is no value: it takes away what lower sources say, and says nothing itself. */
    boolean isEmpty() {
        return value.isBlank();
    }

    @Override
    public String toString() {
        return name + " (" + origin + ")";
    }
}

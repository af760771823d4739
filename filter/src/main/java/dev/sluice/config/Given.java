package dev.sluice.config;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * What one source says of an option. Immutable; its text does not show the value, which may be a secret.
 *
 * @param name as it is written there: {@code ratelimit.bucket.capacity}, {@code BUCKET_CAPACITY}
 * @param value as it is written there
 * @param origin where that is, for messages
 * @param ordinal of the source: the highest wins
 * @param flaw why the source could not tell the value, if it could not
 */
record Given(String name, String value, String origin, int ordinal, Optional<String> flaw) {

    Given(String name, String value, String origin, int ordinal) {
        this(name, value, origin, ordinal, Optional.empty());
    }

    /** An empty value is no value: it takes away what lower sources say, and says nothing itself. */
    boolean isEmpty() {
        return value.isBlank() && flaw.isEmpty();
    }

    @Override
    public String toString() {
        return name + " (" + origin + ")";
    }

    // Written out: the generated one would keep the application's class loader alive (JDK 17, ObjectMethods).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Given given
                && name.equals(given.name)
                && value.equals(given.value)
                && origin.equals(given.origin)
                && ordinal == given.ordinal
                && flaw.equals(given.flaw);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}

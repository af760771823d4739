package dev.sluice.key;

import java.util.Optional;

/**
 * One part of a partition: {@code header:X-API-Key}.
 *
 * @param label what it is, the same for the same thing however it was written: {@code header:x-api-key}
 * @param key says its value
 * @param forgeable whether a client can invent a new value for every request
 */
record Part(String label, PartitionKey key, boolean forgeable) {

    /** The value for this request; an empty one counts as none. */
    Optional<String> of(RequestView request) {
        return key.of(request).filter(value -> !value.isEmpty());
    }
}

package dev.sluice.key;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** A key that the application brought. Where it fails, the request has no such key; it must not cost the request. */
record CustomKey(PartitionKey key) implements PartitionKey {

    @Override
    public Optional<String> of(RequestView request) {
        try {
            @Nullable Optional<String> value = key.of(request);
            return value == null ? Optional.empty() : value;
        } catch (RuntimeException failed) {
            return Optional.empty();
        }
    }
}

package dev.sluice.store;

import dev.sluice.key.BucketKey;

import java.util.Set;

/**
 * The store gave no decision: for no bucket at all, or only for some buckets that hold something else. It has no stack
 * trace, since an outage must not cost more than a decision.
 */
public final class StoreUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Set<BucketKey> keys;

    private StoreUnavailableException(String reason, Set<BucketKey> keys) {
        super(reason, null, false, false);
        this.keys = keys;
    }

    /** No bucket can be decided. */
    public static StoreUnavailableException forAll(String reason) {
        return new StoreUnavailableException(reason, Set.of());
    }

    /** These buckets can never be decided, others can; nothing was charged. */
    public static StoreUnavailableException forBuckets(Set<BucketKey> keys, String reason) {
        return new StoreUnavailableException(reason, Set.copyOf(keys));
    }

    /** Whether this bucket is among those that cannot be decided. */
    public boolean concerns(BucketKey key) {
        return keys.isEmpty() || keys.contains(key);
    }
}

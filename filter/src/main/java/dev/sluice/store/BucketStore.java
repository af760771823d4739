package dev.sluice.store;

import dev.sluice.bucket.Decision;

import java.util.List;

/** Where buckets live. Safe for use by many threads. */
@FunctionalInterface
public interface BucketStore {

    /**
     * Decides one request, atomically and all or nothing: if an enforced bucket does not hold its cost, no bucket is
     * charged. A bucket that is only measured is charged along with the others when it can pay.
     *
     * @param charges at least one, each for another bucket
     * @return a decision for each charge, in order. For a bucket that could pay but was not charged, because another one
     *     rejected, it is {@code Permitted} with what the bucket holds
     * @throws StoreUnavailableException if the store did not answer; whether buckets were charged is then unknown
     */
    List<Decision> tryConsume(List<Charge> charges) throws StoreUnavailableException;
}

package dev.sluice.policy;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.key.Partition;
import dev.sluice.key.RequestView;

/**
 * One rate limit: which requests, whose bucket, which bucket, and what a request costs. Immutable. Safe for use by many
 * threads.
 *
 * @param name {@code [a-z][a-z0-9-]{0,31}}; {@value #UNNAMED} is the policy that is in force when none is named
 * @param requests which requests it governs
 * @param partition who shares a bucket
 * @param bucket capacity and refill of each bucket
 * @param cost tokens a request takes unless it says otherwise, 1 to the capacity
 * @param mode whether it is enforced
 * @param onFailure what happens while the store cannot answer
 */
public record Policy(
        String name,
        RequestPattern requests,
        Partition partition,
        TokenBucket bucket,
        long cost,
        Mode mode,
        FailureMode onFailure) {

    /** The name of the policy that is in force when none is named. */
    public static final String UNNAMED = "default";

    public Policy {
        if (cost < 1 || cost > bucket.capacity()) {
            throw new IllegalArgumentException(
                    "cost must be from 1 to the capacity " + bucket.capacity() + ", was " + cost);
        }
    }

    /** Whether the policy applies to this request. */
    public boolean matches(RequestView request) {
        return requests.matches(request);
    }

    /** The bucket that this request charges. */
    public BucketKey keyFor(RequestView request) {
        String client = partition.clientOf(request);
        return name.equals(UNNAMED) ? BucketKey.unnamed(client) : BucketKey.of(name, client);
    }

    /** Its name. Written out: in JDK 17 that of a record keeps the types of its components, and so our class loader, for good. */
    @Override
    public String toString() {
        return name;
    }
}

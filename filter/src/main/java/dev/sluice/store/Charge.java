package dev.sluice.store;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;

/**
 * What one request asks of one bucket. Immutable.
 *
 * @param key which bucket
 * @param bucket its parameters, which travel with every question
 * @param cost tokens to take, 0 to the capacity; 0 looks without taking
 * @param enforced whether this bucket may reject the request; if not, it is only measured
 */
public record Charge(BucketKey key, TokenBucket bucket, long cost, boolean enforced) {

    public Charge {
        if (cost < 0 || cost > bucket.capacity()) {
            throw new IllegalArgumentException(
                    "cost must be from 0 to the capacity " + bucket.capacity() + ", was " + cost);
        }
    }

    /**
     * Written out because it stands on the way of every remembered rejection, and because the one that a record is given
     * would keep the application's class loader alive (JDK 17, ObjectMethods).
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof Charge charge
                && cost == charge.cost
                && enforced == charge.enforced
                && key.text().equals(charge.key.text())
                && bucket.capacity() == charge.bucket.capacity()
                && bucket.refillTokens() == charge.bucket.refillTokens()
                && bucket.refillPeriodMicros() == charge.bucket.refillPeriodMicros();
    }

    @Override
    public int hashCode() {
        return key.text().hashCode();
    }
}

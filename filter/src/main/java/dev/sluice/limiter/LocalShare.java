package dev.sluice.limiter;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.store.Charge;

/**
 * What one of several servers may admit on its own, so that all together admit about what the limit says: an equal part
 * of capacity and refill, but never less than one token. Immutable.
 *
 * @param servers among how many the limit is divided, at least 1
 */
public record LocalShare(long servers) {

    /** Each server admits as much as the limit says. */
    public static final LocalShare WHOLE = new LocalShare(1);

    public LocalShare {
        if (servers < 1) {
            throw new IllegalArgumentException("servers must be at least 1, was " + servers);
        }
    }

    /** The charge, to a bucket of this server alone. A capacity of 10 among 4 servers is 2, refilled a quarter as fast. */
    Charge of(Charge charge) {
        TokenBucket whole = charge.bucket();
        // No more parts than tokens: then capacity * period does not grow, and stays exact.
        long parts = Math.min(servers, whole.capacity());
        if (parts == 1) {
            return charge;
        }
        TokenBucket share =
                new TokenBucket(whole.capacity() / parts, whole.refillTokens(), whole.refillPeriodMicros() * parts);
        return new Charge(charge.key(), share, Math.min(charge.cost(), share.capacity()), charge.enforced());
    }
}

package dev.sluice.limiter;

import dev.sluice.policy.Policy;
import dev.sluice.store.StoreObserver;

import java.util.List;

/**
 * Is told of all that is worth counting: the one seam between limiting and measuring. Stands on the way of every request:
 * it takes next to no time, makes no garbage and never throws. Safe for use by many threads.
 */
public interface Observer extends StoreObserver {

    /** Takes no notice. */
    Observer NONE = new Observer() {};

    /**
     * A request has been decided; told once for each request that any policy governs.
     *
     * @param policies those that govern the request, shadow policies included; never empty
     * @param verdict with a decision for each of them, in the same order, unless it is {@linkplain Verdict#degraded
     *     degraded}
     */
    default void decided(List<Policy> policies, Verdict verdict) {}
}

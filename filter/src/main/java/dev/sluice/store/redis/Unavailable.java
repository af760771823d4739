package dev.sluice.store.redis;

import dev.sluice.store.StoreUnavailableException;

/** The ways of having no decision, made once: they have no stack trace, and an outage must not cost more than that. */
final class Unavailable {

    static final StoreUnavailableException LATE = StoreUnavailableException.forAll("no decision before the deadline");
    static final StoreUnavailableException FAULT = StoreUnavailableException.forAll("Redis did not decide");
    static final StoreUnavailableException OPEN = StoreUnavailableException.forAll("Redis is known to be unavailable");
    static final StoreUnavailableException UNSERVED =
            StoreUnavailableException.forAll("no node of the Redis Cluster is known to hold the bucket");
    static final StoreUnavailableException CROWDED =
            StoreUnavailableException.forAll("too many requests wait for Redis");
    static final StoreUnavailableException CLOSED = StoreUnavailableException.forAll("the store is closed");

    private Unavailable() {}
}

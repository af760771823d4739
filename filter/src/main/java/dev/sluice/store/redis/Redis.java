package dev.sluice.store.redis;

import dev.sluice.store.BucketStore;

/** What stands behind the port: one server, or a cluster of them. Safe for use by many threads. */
interface Redis extends BucketStore {

    /** Waits until it can decide, or is known not to be reachable. */
    void awaitReady(long untilNanos);

    /** How many of its servers are known to be unavailable. */
    int openBreakers();

    /** Nobody asks any more, who waits is sent away, and its threads are told to end. Does not block. */
    void stop();

    /** Waits for its threads, after {@link #stop}. */
    void awaitEnd(long untilNanos);
}

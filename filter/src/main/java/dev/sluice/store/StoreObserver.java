package dev.sluice.store;

/**
 * Is told what passes between this server and its store. Stands on the way of every request: it takes next to no time,
 * makes no garbage and never throws. Safe for use by many threads.
 */
public interface StoreObserver {

    /** Takes no notice. */
    StoreObserver NONE = new StoreObserver() {};

    /**
     * A request has asked the store and has its decision, or knows that there is none. Not for requests that did not ask:
     * those of a remembered rejection, and those of a known outage.
     *
     * @param tookNanos from the question to the answer, waiting for a connection included
     */
    default void asked(long tookNanos) {}

    /**
     * A call has been sent to the store.
     *
     * @param requests how many requests share it, at least 1
     */
    default void called(int requests) {}

    /** A call failed, one for requests or one of the store's own, and no second try was left. */
    default void faulted(FaultKind kind) {}

    /** A request was rejected without asking the store, which would certainly have done so. */
    default void remembered() {}
}

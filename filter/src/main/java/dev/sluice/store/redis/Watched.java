package dev.sluice.store.redis;

/** What the {@link Watchdog} looks after. Safe for use by many threads. */
interface Watched {

    /** Whether there is something that may be late. */
    boolean isBusy();

    /**
     * Cuts what is late, and lets others pass what hangs.
     *
     * @param lateNanos a call is late if its deadline is that near: the next look may be too late
     * @param hangNanos a call hangs if it has been under way for that long
     */
    void inspect(long lateNanos, long hangNanos);
}

package dev.sluice.metrics;

/** A system in which figures are published. Called by one thread at a time. */
interface Publication extends AutoCloseable {

    /**
     * Publishes what is not published yet.
     *
     * @return whether the system is there
     */
    boolean publish();

    /** Takes everything back. */
    @Override
    void close();
}

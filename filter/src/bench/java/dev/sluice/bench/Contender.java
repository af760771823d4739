package dev.sluice.bench;

/** A rate limiter, asked as a filter would ask it: all that one request needs is done and paid per request. Safe for use by many threads. */
interface Contender extends AutoCloseable {

    /** Before each round: what a filter would do once and not per request. */
    void prepare(Scene scene, String[] clients) throws Exception;

    /** Whether a request of this client is admitted; it costs one token. */
    boolean admits(String client) throws Exception;

    @Override
    void close();
}

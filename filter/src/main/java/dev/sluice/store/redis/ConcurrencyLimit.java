package dev.sluice.store.redis;

/**
 * How many calls may be under way at once, from what is observed. Safe for one thread at a time; {@link #calls},
 * {@link #looks} and {@link #isFar} for any; {@link #decided} for always the same, also beside others.
 *
 * <p>The shortest round trip seen lately gives the least. While a call of some thirty decisions keeps Redis busy, a second
 * one only queues there: on a loopback, where a round trip is all work, one call is enough to begin with, and what arrives
 * meanwhile shares the next one. On a wire of a millisecond, where a round trip is mostly waiting, there is room for several.
 * Whether still more are faster, or to look instead of sleeping, is found out by {@link Trial}.
 * A call that hangs makes room for one more, so that it holds up nobody.
 */
final class ConcurrencyLimit {

    /** More would not be faster, and every server of a fleet has its own. */
    static final int MOST = 16;

    /** Nearer than this, Redis works on a full call for longer than the way to it and back takes. */
    private static final long NEAR_NANOS = 200_000;

    /**
     * Further away there is room for one more call for each so long of a round trip: so eight threads need not share calls
     * on a wire of a millisecond, where sharing makes them wait longer. With more room, a crowd's calls are emptier, and cost it
     * more than it gains.
     */
    private static final long NANOS_PER_CALL = 150_000;

    /** From here on Redis is far away: a request that has just missed a call cannot wait for its end. */
    private static final long FAR_NANOS = 20_000_000;

    /** The shortest round trip is that of this long, or of as long again before. */
    private static final long WINDOW_NANOS = 1_000_000_000;

    private final Trial trial = new Trial(System.nanoTime(), new IdleCores());
    private volatile int calls = 1;
    private volatile boolean looks;
    private volatile boolean far;
    private volatile int more;
    private int hanging;
    private long windowEndNanos = System.nanoTime();
    // Also read by whoever tells how much was decided, beside others.
    private volatile long shortestNanos = Long.MAX_VALUE;
    private volatile long formerShortestNanos = Long.MAX_VALUE;

    /** From 1 to {@value #MOST}. */
    int calls() {
        return calls;
    }

    /** Whether those who wait shall look for their decision before they sleep. */
    boolean looks() {
        return looks;
    }

    /** Whether a round trip takes so long that requests had better leave together. */
    boolean isFar() {
        return far;
    }

    /** The shortest round trip lately, in nanoseconds; 0 as long as none was seen. */
    long shortestNanos() {
        long shortest = Math.min(shortestNanos, formerShortestNanos);
        return shortest == Long.MAX_VALUE ? 0 : shortest;
    }

    /** A call has come back. */
    void roundTrip(long nanos, long nowNanos) {
        if (nowNanos - windowEndNanos > 0) {
            windowEndNanos = nowNanos + WINDOW_NANOS;
            formerShortestNanos = shortestNanos;
            shortestNanos = nanos;
            set();
        } else if (nanos < shortestNanos) {
            shortestNanos = nanos;
            set();
        }
    }

    /** So many calls have been under way for longer than they should. */
    void hanging(int calls) {
        hanging = calls;
        set();
    }

    /**
     * So many requests have been decided; asked every few milliseconds. What follows from it is in force with the next
     * {@link #hanging}: it may take a moment to find out, for which nobody else shall wait.
     *
     * @return whether they were counted, or are to be told again together with those that follow
     */
    boolean decided(long requests, long nowNanos) {
        boolean counted = trial.observe(nowNanos, requests, shortestNanos() < NEAR_NANOS);
        more = trial.more();
        looks = trial.looks();
        return counted;
    }

    private void set() {
        long shortest = shortestNanos();
        long onTheWay = shortest < NEAR_NANOS ? 0 : shortest / NANOS_PER_CALL;
        far = shortest >= FAR_NANOS;
        calls = (int) Math.min(1 + onTheWay + more + hanging, MOST);
    }
}

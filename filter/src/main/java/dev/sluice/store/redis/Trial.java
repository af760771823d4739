package dev.sluice.store.redis;

/**
 * Finds by trial how many more calls at once decide the most requests: now and then it lets one more, or one less, take
 * turns with the present number for a moment, and keeps what did better. Nothing that could be measured in one call tells:
 * with cores to spare a second call fills the time in which the first one is on its way; with none to spare, smaller calls
 * only cost more. Confined to one thread.
 *
 * <p>A worked example: 1 more is in force, 2 more are tried, in eight turns of 20 ms. They decide 930, 960, 910 and 940
 * requests; 1 more decides 840, 900, 860 and 850. 3 740 against 3 450 are 8 percent more: 2 more are in force from now on,
 * and 3 more are tried next.
 */
final class Trial {

    /** More than this have never been faster. */
    private static final int MOST_MORE = 3;

    private static final int TURNS = 8;
    private static final long TURN_NANOS = 20_000_000;

    /** Fewer decisions in a turn say nothing: there is hardly anybody who waits. */
    private static final int FEWEST_DECISIONS = 20;

    /** One more call costs Redis more for the same, so it must be worth it. */
    private static final double WORTH = 1.04;

    /** After a trial in vain; twice as long after each further one. */
    private static final long SHORTEST_PAUSE_NANOS = 500_000_000;

    private static final long LONGEST_PAUSE_NANOS = 16_000_000_000L;

    private int more;
    private int rival = 1;
    private int turn;
    private double rate;
    private double rivalRate;
    private long turnBeganNanos;
    private long nextTrialNanos;
    private long pauseNanos = SHORTEST_PAUSE_NANOS;

    Trial(long nowNanos) {
        turnBeganNanos = nowNanos;
        nextTrialNanos = nowNanos;
    }

    /** How many more may be under way from now on: 0 to {@value #MOST_MORE}. */
    int more() {
        return turn % 2 == 1 ? rival : more;
    }

    /**
     * A turn may be over.
     *
     * @param decided requests since the last time this returned true
     * @return whether it was over
     */
    boolean look(long nowNanos, long decided) {
        long nanos = nowNanos - turnBeganNanos;
        if (nanos < TURN_NANOS) {
            return false;
        }
        turnBeganNanos = nowNanos;
        if (decided < FEWEST_DECISIONS) {
            begin(); // in a lull all are equal
        } else if (nowNanos - nextTrialNanos >= 0) {
            count((double) decided / nanos);
        }
        return true;
    }

    private void count(double perNano) {
        if (turn % 2 == 1) {
            rivalRate += perNano;
        } else {
            rate += perNano;
        }
        turn++;
        if (turn == TURNS) {
            decide();
        }
    }

    private void decide() {
        boolean up = rival > more;
        if (up ? rivalRate > rate * WORTH : rivalRate * WORTH > rate) {
            more = rival;
            rival = next(up);
            pauseNanos = SHORTEST_PAUSE_NANOS;
        } else {
            nextTrialNanos = turnBeganNanos + pauseNanos;
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            rival = next(!up);
        }
        begin();
    }

    /** The neighbour on that side, or on the other where there is none. */
    private int next(boolean up) {
        return up && more < MOST_MORE || more == 0 ? more + 1 : more - 1;
    }

    private void begin() {
        turn = 0;
        rate = 0;
        rivalRate = 0;
    }
}

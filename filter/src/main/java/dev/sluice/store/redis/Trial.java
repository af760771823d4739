package dev.sluice.store.redis;

import java.util.function.DoubleSupplier;

/**
 * Finds by trial how many more calls at once decide the most requests: now and then it lets one more, or one less, take
 * turns with the present number for a moment, and keeps what did better. Nothing that could be measured in one call tells.
 * With cores to spare a second call fills the time in which the first one is on its way. With none to spare, smaller calls
 * only cost more; and what they win is taken from others on the machine, who would do the same until all have less. So
 * before each trial it watches whether cores idle. Confined to one thread.
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

    /** One more call is tried only if that share of the cores idles. */
    private static final double IDLE_TO_TRY_MORE = 0.2;

    /** If not even that idles, one less needs no trial. */
    private static final double IDLE_TO_KEEP_MORE = 0.1;

    /** After a trial in vain; twice as long after each further one. */
    private static final long SHORTEST_PAUSE_NANOS = 500_000_000;

    private static final long LONGEST_PAUSE_NANOS = 16_000_000_000L;

    private final DoubleSupplier idleCores;
    private int more;
    private int rival = 1;
    private boolean watching = true;
    private int turn;
    private double rate;
    private double rivalRate;
    private long turnBeganNanos;
    private long nextTrialNanos;
    private long pauseNanos = SHORTEST_PAUSE_NANOS;

    /** @param idleCores the share of their time that the cores have idled since it was last asked, 0 to 1; NaN if unknown */
    Trial(long nowNanos, DoubleSupplier idleCores) {
        this.idleCores = idleCores;
        turnBeganNanos = nowNanos;
        nextTrialNanos = nowNanos;
    }

    /** How many more may be under way from now on: 0 to {@value #MOST_MORE}. */
    int more() {
        return turn % 2 == 1 && !watching ? rival : more;
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
            afresh(nowNanos); // in a lull all are equal, and what comes after it may be another load
        } else if (nowNanos - nextTrialNanos < 0) {
            return true;
        } else if (watching) {
            watched();
        } else {
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

    /** Cores are watched for as long as a trial takes, with the present number of calls. */
    private void watched() {
        if (turn == 0) {
            idleCores.getAsDouble(); // from now on
        }
        if (turn++ < TURNS) {
            return;
        }
        double idle = idleCores.getAsDouble();
        if (idle < IDLE_TO_TRY_MORE) {
            rival = more - 1;
        }
        if (rival < 0) {
            inVain();
            rival = 1;
        } else if (idle < IDLE_TO_KEEP_MORE) {
            adopt(rival);
        } else {
            watching = false;
            begin();
        }
    }

    private void decide() {
        if (rival > more ? rivalRate > rate * WORTH : rivalRate * WORTH > rate) {
            adopt(rival);
        } else {
            inVain();
            rival = next(rival < more);
        }
    }

    private void adopt(int calls) {
        boolean up = calls > more;
        more = calls;
        rival = next(up);
        pauseNanos = SHORTEST_PAUSE_NANOS;
        watch();
    }

    private void inVain() {
        nextTrialNanos = turnBeganNanos + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        watch();
    }

    /** The neighbour on that side, or on the other where there is none. */
    private int next(boolean up) {
        return up && more < MOST_MORE || more == 0 ? more + 1 : more - 1;
    }

    private void afresh(long nowNanos) {
        nextTrialNanos = nowNanos;
        pauseNanos = SHORTEST_PAUSE_NANOS;
        watch();
    }

    private void watch() {
        watching = true;
        begin();
    }

    private void begin() {
        turn = 0;
        rate = 0;
        rivalRate = 0;
    }
}

package dev.sluice.store.redis;

import java.util.function.DoubleSupplier;

/**
 * Finds by trial which way decides the most requests: how many more calls at once, or one call while those who wait look
 * for their decision instead of sleeping. Now and then it lets a neighbour take turns with the present way for a moment, and
 * keeps what did better. Nothing that could be measured in one call tells. With cores to spare a second call fills the time in
 * which the first one is on its way. With none to spare, smaller calls only cost more; and what they win is taken from
 * others on the machine, who would do the same until all have less. So before each trial it watches whether cores idle.
 * Looking saves sleep and waking, and fills the next call with those who ask again at once; but where they have something
 * else to do in between, such as a response to write, it keeps them from it; and beside a busy process that never offers
 * its core it decides a third. Confined to one thread.
 *
 * <p>A worked example: 1 more is in force, 2 more are tried, in eight turns of 20 ms. They decide 930, 960, 910 and 940
 * requests; 1 more decides 840, 900, 860 and 850. 3 740 against 3 450 are 8 percent more: 2 more are in force from now on,
 * and 3 more are tried next.
 */
final class Trial {

    /** The ways, each the neighbour of the next: one call while the others look; none, one and so on more. */
    private static final int LOOK = -1;

    private static final int NO_MORE = 0;

    /** More than this have never been faster. */
    private static final int MOST_MORE = 3;

    private static final int TURNS = 8;
    private static final long TURN_NANOS = 20_000_000;

    /** Fewer decisions in a turn say nothing: there is hardly anybody who waits. */
    private static final int FEWEST_DECISIONS = 20;

    /** One more call costs Redis more for the same, so it must be worth it. */
    private static final double WORTH = 1.04;

    /**
     * Looking keeps cores busy, and in a turn of it requests can be decided whose responses must wait for the next. Where it
     * is of use at all it decides half as many again.
     */
    private static final double WORTH_TO_LOOK = 1.25;

    /** Less is enough to go on with it. */
    private static final double WORTH_TO_GO_ON_LOOKING = 1.15;

    /** A rival that decides only that share of what it must has lost before all turns are over: to be sure costs too much. */
    private static final double HOPELESS = 0.8;

    /** One more call is tried only if that share of the cores idles. */
    private static final double IDLE_TO_TRY_MORE = 0.2;

    /** Looking is tried only if that share idles: where none does, it can only take from others. */
    private static final double IDLE_TO_LOOK = 0.1;

    /** If not even that idles, one less needs no trial. */
    private static final double IDLE_TO_KEEP_MORE = 0.1;

    /** After a trial in vain; twice as long after each further one. */
    private static final long SHORTEST_PAUSE_NANOS = 500_000_000;

    private static final long LONGEST_PAUSE_NANOS = 16_000_000_000L;

    /** Who looks offers the core to others. Another process that takes it and offers nothing must be noticed soon. */
    private static final long LONGEST_PAUSE_LOOKING_NANOS = 2_000_000_000L;

    private final DoubleSupplier idleCores;
    private int way = NO_MORE;
    private int rival = LOOK;
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
        return Math.max(wayNow(), NO_MORE);
    }

    /** Whether those who wait shall look for their decision from now on. */
    boolean looks() {
        return wayNow() == LOOK;
    }

    /**
     * A turn may be over.
     *
     * @param decided requests since the last time this returned true
     * @param near whether looking is worth a trial: a decision is not far away
     * @return whether it was over
     */
    boolean observe(long nowNanos, long decided, boolean near) {
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
            watched(near);
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
        } else if (turn % 2 == 0 && rivalRate < rate * HOPELESS * (isDearer() ? worth() : 1)) {
            inVain();
        }
    }

    /** Cores are watched for as long as a trial takes, in the present way, unless they are kept busy by looking. */
    private void watched(boolean near) {
        if (way == LOOK) {
            watching = false;
            begin();
            return;
        }
        if (turn == 0) {
            idleCores.getAsDouble(); // from now on
        }
        if (turn++ < TURNS) {
            return;
        }
        double idle = idleCores.getAsDouble();
        if (!isWorthTrying(rival, idle, near)) {
            rival = otherThan(rival);
        }
        if (!isWorthTrying(rival, idle, near)) {
            inVain();
        } else if (way > NO_MORE && idle < IDLE_TO_KEEP_MORE) {
            adopt(rival);
        } else {
            watching = false;
            begin();
        }
    }

    private void decide() {
        if (isDearer() ? rivalRate > rate * worth() : rivalRate * worth() > rate) {
            adopt(rival);
        } else {
            inVain();
        }
    }

    /** Whether the rival costs more than the present way, so that it must be worth it, and not the other way round. */
    private boolean isDearer() {
        return isMore(rival) || rival == LOOK;
    }

    /** How many times what the cheaper of the two decides the dearer one must decide. */
    private double worth() {
        if (rival == LOOK) {
            return WORTH_TO_LOOK;
        }
        return way == LOOK ? WORTH_TO_GO_ON_LOOKING : WORTH;
    }

    private void adopt(int better) {
        int former = way;
        way = better;
        rival = otherThan(former); // on in the same direction
        pauseNanos = SHORTEST_PAUSE_NANOS;
        watch();
    }

    private void inVain() {
        rival = otherThan(rival);
        nextTrialNanos = turnBeganNanos + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, way == LOOK ? LONGEST_PAUSE_LOOKING_NANOS : LONGEST_PAUSE_NANOS);
        watch();
    }

    private boolean isWorthTrying(int neighbour, double idle, boolean near) {
        if (neighbour == LOOK) {
            return near && !(idle < IDLE_TO_LOOK);
        }
        return !isMore(neighbour) || !(idle < IDLE_TO_TRY_MORE);
    }

    /** Whether it is more calls at once than now. */
    private boolean isMore(int neighbour) {
        return neighbour > Math.max(way, NO_MORE);
    }

    /** The neighbour on the other side; the same where there is none. */
    private int otherThan(int neighbour) {
        int other = 2 * way - neighbour;
        return other < LOOK || other > MOST_MORE ? neighbour : other;
    }

    private int wayNow() {
        return turn % 2 == 1 && !watching ? rival : way;
    }

    private void afresh(long nowNanos) {
        nextTrialNanos = nowNanos;
        pauseNanos = SHORTEST_PAUSE_NANOS;
        if (way == NO_MORE) {
            rival = LOOK;
        }
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

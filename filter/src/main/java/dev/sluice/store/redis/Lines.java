package dev.sluice.store.redis;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lines to one Redis: which rest, how many fly, and how many may. Makes none itself. Safe for use by many threads.
 *
 * <p>How many calls should be under way at once follows from the shortest round trip seen lately. While a call of some
 * thirty decisions keeps Redis busy, a second one only queues there: so on a loopback, where a round trip is all work, one
 * call at a time is best, and what arrives meanwhile shares the next one. On a wire of a millisecond, where a round trip
 * is mostly waiting, there is room for several. A call that hangs makes room for one more, so that it holds up nobody.
 */
final class Lines {

    /** More connections than this would not be faster, and every server of a fleet has its own. */
    static final int MOST = 16;

    /** About what Redis works on one call when requests come in plenty. */
    private static final long CALL_NANOS = 200_000;

    /** From here on Redis is far away: a request that has just missed a call cannot wait for its end. */
    private static final long LONG_NANOS = 20_000_000;

    /** The shortest round trip is that of this long, or of as long again before. */
    private static final long WINDOW_NANOS = 1_000_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Line> resting = new ArrayDeque<>();
    private final List<Line> all = new ArrayList<>();
    private final Runnable wanted;
    private final Runnable taken;
    private @Nullable Line inTheMaking;
    private volatile int flying;
    private volatile int mayFly = 1;
    private volatile boolean areLong;
    private int hanging;
    private int wish = 2; // one to spare
    private long takenNanos = System.nanoTime() - WINDOW_NANOS;
    private long windowEndNanos = System.nanoTime();
    private long shortestNanos = Long.MAX_VALUE;
    private long formerShortestNanos = Long.MAX_VALUE;

    /**
     * @param wanted is told when {@link #lack} has become true; must not block
     * @param taken is told of each line that begins to fly, or to be made; must not block
     */
    Lines(Runnable wanted, Runnable taken) {
        this.wanted = wanted;
        this.taken = taken;
    }

    /** A line to fly with; null if as many fly as may, or if there is none. */
    @Nullable
    Line take() {
        if (flying >= mayFly) { // the usual answer under load, and no lock for it
            return null;
        }
        Line line;
        boolean wishGrew = false;
        lock.lock();
        try {
            // Calls that leave evenly spaced end evenly spaced, so that one is always near its end. Who comes between
            // two
            // waits for the watchdog's next look.
            if (flying >= mayFly
                    || areLong && !all.isEmpty() && System.nanoTime() - takenNanos < shortestNanos() / all.size()) {
                return null;
            }
            line = resting.pollFirst(); // the one used last: its way is the warmest
            if (line != null) {
                flying++;
                takenNanos = System.nanoTime();
            }
            // One to spare as long as one more may fly: whoever needs it cannot wait until it is made.
            if (resting.isEmpty() && flying < mayFly && flying + 1 > wish) {
                wish = flying + 1;
                wishGrew = true;
            }
        } finally {
            lock.unlock();
        }
        if (wishGrew) {
            wanted.run();
        }
        if (line != null) {
            taken.run();
        }
        return line;
    }

    /** Nobody wanted to fly with it after all. */
    void putBack(Line line) {
        lock.lock();
        try {
            flying--;
            resting.addFirst(line);
        } finally {
            lock.unlock();
        }
    }

    /** The flight is over; the line is good for another. */
    void rest(Line line) {
        lock.lock();
        try {
            observe(System.nanoTime(), System.nanoTime() - line.startedNanos());
            flying--;
            resting.addFirst(line);
        } finally {
            lock.unlock();
        }
    }

    /** The flight is over, and so is the line. */
    void discard(Line line) {
        lock.lock();
        try {
            flying--;
            all.remove(line);
        } finally {
            lock.unlock();
        }
        line.cut();
        wanted.run();
    }

    /** All lines at rest are given up: what ended one of them has ended them all. */
    void discardResting() {
        List<Line> stale;
        lock.lock();
        try {
            stale = List.copyOf(resting);
            resting.clear();
            all.removeAll(stale);
        } finally {
            lock.unlock();
        }
        stale.forEach(Line::cut);
    }

    /** This one is being made: it is cut when it is late, like those that fly. */
    void make(Line line) {
        lock.lock();
        try {
            inTheMaking = line;
        } finally {
            lock.unlock();
        }
        taken.run();
    }

    /** The line in the making is one now, or has failed to become one; a line that nobody wished for is cut. */
    void made(Line line) {
        lock.lock();
        try {
            inTheMaking = null;
            if (!line.isBroken() && all.size() < wish) {
                observe(System.nanoTime(), System.nanoTime() - line.startedNanos());
                all.add(line);
                resting.addLast(line);
                return;
            }
        } finally {
            lock.unlock();
        }
        line.cut();
    }

    /** Whether a line was asked for that there is not. */
    boolean lack() {
        lock.lock();
        try {
            return all.size() < wish;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a round trip takes so long that requests had better leave together. */
    boolean areLong() {
        return areLong;
    }

    /** Whether there is something that may be late. */
    boolean areBusy() {
        lock.lock();
        try {
            return flying > 0 || inTheMaking != null;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return all.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Cuts what is late and makes room for what hangs.
     *
     * @param lateNanos a call is late if its deadline is that near: the next look may be too late
     * @param hangNanos a call hangs if it has been under way for that long
     */
    void inspect(long lateNanos, long hangNanos) {
        long now = System.nanoTime();
        lock.lock();
        try {
            hanging = 0;
            for (Line line : all) {
                line.cutIfLate(now + lateNanos);
                hanging += line.isBusyLongerThan(hangNanos, now) ? 1 : 0;
            }
            if (inTheMaking != null) {
                inTheMaking.cutIfLate(now + lateNanos);
            }
            setMayFly();
        } finally {
            lock.unlock();
        }
    }

    /** Cuts every line, whatever it does; flights end by that, and discard their own. */
    void cutAll() {
        List<Line> lines;
        lock.lock();
        try {
            lines = new ArrayList<>(all);
            if (inTheMaking != null) {
                lines.add(inTheMaking);
            }
            all.removeAll(resting);
            resting.clear();
        } finally {
            lock.unlock();
        }
        lines.forEach(Line::cut);
    }

    private void observe(long now, long roundTripNanos) {
        if (now - windowEndNanos > 0) {
            windowEndNanos = now + WINDOW_NANOS;
            formerShortestNanos = shortestNanos;
            shortestNanos = roundTripNanos;
            setMayFly();
        } else if (roundTripNanos < shortestNanos) {
            shortestNanos = roundTripNanos;
            setMayFly();
        }
    }

    private long shortestNanos() {
        return Math.min(shortestNanos, formerShortestNanos);
    }

    private void setMayFly() {
        long shortest = shortestNanos();
        long roundTrips = shortest == Long.MAX_VALUE ? 0 : shortest / CALL_NANOS;
        areLong = roundTrips * CALL_NANOS >= LONG_NANOS;
        mayFly = (int) Math.min(1 + roundTrips + hanging, MOST);
    }
}

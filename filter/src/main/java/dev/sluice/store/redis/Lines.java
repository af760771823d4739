package dev.sluice.store.redis;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lines to one Redis: which rest, and how many fly; how many may is for {@link ConcurrencyLimit} to say. Makes none
 * itself. Safe for use by many threads.
 */
final class Lines {

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Line> resting = new ArrayDeque<>();
    private final List<Line> all = new ArrayList<>();
    private final Runnable wanted;
    private final Runnable taken;
    private @Nullable Line inTheMaking;
    private final ConcurrencyLimit limit = new ConcurrencyLimit();
    private final LongAdder decided = new LongAdder();
    private volatile int flying;
    private volatile long lateNanos;
    private int wish = 2; // one to spare
    private long takenNanos = System.nanoTime();

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
        if (flying >= limit.calls()) { // the usual answer under load, and no lock for it
            return null;
        }
        Line line;
        boolean wishGrew = false;
        lock.lock();
        try {
            // To a Redis far away calls leave evenly spaced, and so end evenly spaced: one is always near its end. Who
            // comes between two waits for the watchdog's next look.
            if (flying >= limit.calls()
                    || limit.isFar()
                            && System.nanoTime() - takenNanos < limit.shortestNanos() / Math.max(1, all.size())) {
                return null;
            }
            line = resting.pollFirst(); // the one used last: its way is the warmest
            if (line != null) {
                flying++;
                takenNanos = System.nanoTime();
            }
            // One to spare as long as one more may fly: whoever needs it cannot wait until it is made.
            if (resting.isEmpty() && flying < limit.calls() && flying + 1 > wish) {
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

    /** So many requests have been decided on a line. */
    void decided(int requests) {
        decided.add(requests);
    }

    /** The flight is over; the line is good for another, unless it is broken. */
    void land(Line line) {
        release(line, true);
    }

    /** Nobody wanted to fly with it after all. */
    void putBack(Line line) {
        release(line, false);
    }

    private void release(Line line, boolean hasFlown) {
        lock.lock();
        try {
            flying--;
            if (!line.isBroken()) { // asked under the lock, under which all lines are retired
                resting.addFirst(line);
                if (hasFlown) {
                    landed(line);
                }
                return;
            }
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

    /** All lines lead to the wrong server: those at rest are given up now, those that fly when they land. */
    void retireAll() {
        lock.lock();
        try {
            all.forEach(Line::retire);
        } finally {
            lock.unlock();
        }
        discardResting();
        wanted.run();
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
                landed(line);
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

    /** Whether those who wait shall look for their decision before they sleep. */
    boolean areLookedFor() {
        return limit.looks();
    }

    /** With less than that to its deadline a call is likely to be cut. */
    long nanosForCall() {
        return lateNanos + limit.shortestNanos();
    }

    /** Whether a round trip takes so long that requests had better leave together. */
    boolean areFar() {
        return limit.isFar();
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
        this.lateNanos = lateNanos;
        long now = System.nanoTime();
        if (limit.decided(decided.sum(), now)) {
            decided.reset();
        }
        lock.lock();
        try {
            int hanging = 0;
            for (Line line : all) {
                line.cutIfLate(now + lateNanos);
                hanging += line.isBusyLongerThan(hangNanos, now) ? 1 : 0;
            }
            if (inTheMaking != null) {
                inTheMaking.cutIfLate(now + lateNanos);
            }
            limit.hanging(hanging);
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

    private void landed(Line line) {
        long now = System.nanoTime();
        limit.roundTrip(now - line.startedNanos(), now);
    }
}

package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One request on its way to a decision, and the thread that waits for it.
 *
 * <p>What happens to it is one value, changed by compare-and-set, so that exactly one of those who may want it gets it: a
 * flight that takes it aboard, a flight that ends and hands it its line, or its own deadline.
 */
class Ticket {

    /** In the queue, nobody's. */
    private static final Object WAITING = new Object();

    /** Part of a call that is under way. */
    private static final Object ABOARD = new Object();

    /** Its thread has left without a decision; whatever comes now comes too late. */
    private static final Object ABANDONED = new Object();

    private final List<Charge> charges;
    private final long deadlineNanos;
    private final Thread thread = Thread.currentThread();
    // WAITING, ABOARD, ABANDONED, or the end: a Line to fly, a list of decisions, a StoreUnavailableException.
    private final AtomicReference<Object> state = new AtomicReference<>(WAITING);
    private boolean secondTry;
    // With whom it was decided, and where it sat: whom its thread has to wake. Written before the end, and read after
    // it.
    private List<Ticket> aboard = List.of();
    private int seat;

    /** @param deadlineNanos on the clock of {@link System#nanoTime} */
    Ticket(List<Charge> charges, long deadlineNanos) {
        this.charges = charges;
        this.deadlineNanos = deadlineNanos;
    }

    final List<Charge> charges() {
        return charges;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Takes it aboard a flight, if it still waits. */
    boolean board() {
        return state.compareAndSet(WAITING, ABOARD);
    }

    /** Puts it back to wait: it could not be carried. */
    void disembark() {
        state.compareAndSet(ABOARD, WAITING);
    }

    /** Puts it back to wait after a flight that failed before Redis can have seen it; once only. */
    boolean disembarkForSecondTry() {
        if (secondTry) {
            return false;
        }
        secondTry = true;
        disembark();
        return true;
    }

    /** Hands it a line, with which its thread shall fly, if it still waits. */
    boolean handOver(Line line) {
        return end(WAITING, line);
    }

    /** Ends it while it waits. */
    boolean fail(StoreUnavailableException unavailable) {
        return end(WAITING, unavailable);
    }

    /** Ends it aboard; of no effect if its thread has left. */
    void settle(Object decisionsOrUnavailable) {
        end(ABOARD, decisionsOrUnavailable);
    }

    /**
     * Ends it aboard, as one of many that are told from the last seat to the first. Its thread is woken by that of the
     * seat before, as in a heap: seat 0 wakes 1 and 2, seat 1 wakes 3 and 4. A thread that has left, or is awake since it is
     * the one that tells, does not come by to do so; then it is done here.
     */
    void settle(Object decisionsOrUnavailable, List<Ticket> aboard, int seat) {
        this.aboard = aboard;
        this.seat = seat;
        if (!state.compareAndSet(ABOARD, decisionsOrUnavailable) || thread == Thread.currentThread()) {
            wakeNext();
        }
    }

    /**
     * Its thread leaves, whatever has become of it.
     *
     * @return the line that it was handed, for others to fly with; null if it has none
     */
    @Nullable
    Line abandon() {
        Object former = state.getAndSet(ABANDONED);
        if (former instanceof Line line) {
            return line;
        }
        if (former != WAITING && former != ABOARD) {
            wakeNext();
        }
        return null;
    }

    /** Wakes its thread, unless that is the one that calls. */
    void wake() {
        if (thread != Thread.currentThread()) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Waits until it is decided, or has a line to fly with, or is late.
     *
     * @param lookNanos how long it looks for that before it sleeps, and lets run meanwhile whoever needs the core
     * @return the line, or null if {@link #decisions} will tell
     */
    @Nullable
    Line await(long lookNanos) {
        long sleepAtNanos = System.nanoTime() + lookNanos;
        while (true) {
            Object now = state.get();
            if (now instanceof Line line) {
                state.set(ABOARD);
                return line;
            }
            if (now != WAITING && now != ABOARD) {
                wakeNext(); // first of all: others wait for it
                return null;
            }
            long nowNanos = System.nanoTime();
            long left = deadlineNanos - nowNanos;
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                if (state.compareAndSet(now, ABANDONED)) {
                    return null;
                }
            } else if (sleepAtNanos - nowNanos > 0) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(this, left);
            }
        }
    }

    /** What was decided. */
    @SuppressWarnings("unchecked") // a list is always one of decisions
    List<Decision> decisions() throws StoreUnavailableException {
        Object end = end();
        if (end instanceof List<?> decisions) {
            return (List<Decision>) decisions;
        }
        throw end instanceof StoreUnavailableException unavailable ? unavailable : Unavailable.LATE;
    }

    /** How it ended, if it has. */
    final Object end() {
        return state.get();
    }

    /** It must not be carried twice: what comes of doing it twice is worse than of not doing it. */
    final void onlyOnce() {
        secondTry = true;
    }

    private void wakeNext() {
        int last = Math.min(2 * seat + 2, aboard.size() - 1);
        for (int next = 2 * seat + 1; next <= last; next++) {
            aboard.get(next).wake();
        }
        aboard = List.of();
    }

    private boolean end(Object from, Object to) {
        if (state.compareAndSet(from, to)) {
            wake();
            return true;
        }
        return false;
    }
}

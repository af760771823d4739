package dev.sluice.store.redis;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether Redis is worth asking. Closed, it lets questions through; a fault makes it suspicious, and the {@link Keeper}
 * then asks Redis itself, so that one fault an hour opens it as surely as a thousand a second, and one slow reply does not.
 * Many faults open it without asking. Open, nobody waits for Redis until the keeper has had an answer. Safe for use by many
 * threads.
 */
final class Breaker {

    /** This many faults in a row are proof enough. */
    private static final int FAULTS_IN_A_ROW = 5;

    /** So is every other call of the last second, if there were this many. */
    private static final int FEWEST_CALLS = 20;

    private static final long WINDOW_NANOS = 1_000_000_000;

    /** What follows from a change; called by whoever causes it, one at a time, but for faults. */
    interface Listener {
        /** A call failed. */
        void faulted(Fault fault);

        /** A first fault: find out. */
        void suspicious();

        void opened(Fault fault);

        /** It has been open for some time, and Redis has failed again. */
        void stillOpen(Fault fault);

        void closed();
    }

    private final Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile int faultsInARow;
    private volatile boolean suspicious;
    private volatile boolean open;
    private boolean shut;
    private int faults;
    private long windowEndNanos = System.nanoTime();

    Breaker(Listener listener) {
        this.listener = listener;
    }

    boolean isOpen() {
        return open;
    }

    boolean isSuspicious() {
        return suspicious;
    }

    /** Redis has decided something. */
    void success() {
        calls.incrementAndGet();
        if (faultsInARow != 0) {
            faultsInARow = 0;
        }
    }

    /** Redis has not decided something. */
    void fault(Fault fault) {
        count(fault, 1);
    }

    /** Redis does not answer the keeper, whose word counts twice: it has asked anew, on a line of its own. */
    void confirm(Fault fault) {
        count(fault, 2);
    }

    private void count(Fault fault, int weight) {
        listener.faulted(fault);
        boolean proven;
        lock.lock();
        try {
            long now = System.nanoTime();
            if (now - windowEndNanos > 0) {
                windowEndNanos = now + WINDOW_NANOS;
                calls.set(0);
                faults = 0;
            }
            faults++;
            faultsInARow += weight;
            suspicious = true;
            int seen = calls.incrementAndGet();
            proven = faultsInARow >= FAULTS_IN_A_ROW || (seen >= FEWEST_CALLS && faults * 2 >= seen);
        } finally {
            lock.unlock();
        }
        if (proven) {
            open(fault);
        } else {
            listener.suspicious();
        }
    }

    private void open(Fault fault) {
        lock.lock();
        try {
            if (!open) {
                open = true;
                listener.opened(fault);
            } else if (!shut) {
                listener.stillOpen(fault);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The store is closed: nobody shall ask any more. */
    void shut() {
        lock.lock();
        try {
            shut = true;
            open = true;
        } finally {
            lock.unlock();
        }
    }

    /** Redis answers the keeper. */
    void close() {
        lock.lock();
        try {
            suspicious = false;
            faultsInARow = 0;
            if (open && !shut) {
                faults = 0;
                calls.set(0);
                try {
                    listener.closed();
                } finally {
                    open = false; // last: who sees it closed finds the rest done
                }
            }
        } finally {
            lock.unlock();
        }
    }
}

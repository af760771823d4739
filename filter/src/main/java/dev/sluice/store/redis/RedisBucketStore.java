package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.store.BucketStore;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreObserver;
import dev.sluice.store.StoreUnavailableException;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Buckets in Redis: one EVALSHA decides a request, or all that wait at the same moment. No decision takes longer than the
 * deadline, whatever Redis or the network does. How it works is drawn in {@code docs/decisions/0001-one-mechanism.md}.
 * Safe for use by many threads.
 *
 * <p>Connections are made by a thread of its own. A Redis that is down does not keep the application from starting.
 */
public final class RedisBucketStore implements BucketStore, AutoCloseable {

    /** So long it waits for a Redis that does not answer; after that it starts without. */
    private static final Duration START = Duration.ofSeconds(1);

    private static final long JOIN_MILLIS = 800;

    private final long deadlineNanos;
    private final StoreLog log;
    private final StoreObserver observer;
    private final Breaker breaker;
    private final Lines lines;
    private final Flights flights;
    private final Keeper keeper;
    private final Watchdog watchdog;
    private final Thread keeping;
    private final Thread watching;

    /** Unobserved; says no more of an outage than that each policy takes its failure mode. */
    public RedisBucketStore(RedisSettings settings) {
        this(settings, () -> "each policy takes its failure mode", StoreObserver.NONE);
    }

    /**
     * Starts two daemon threads; {@link #close} ends them.
     *
     * @param consequence what happens to requests in an outage, for the log: {@code limiting per server}
     * @param observer is told of every question and every call
     */
    public RedisBucketStore(RedisSettings settings, Supplier<String> consequence, StoreObserver observer) {
        this.observer = observer;
        this.log = new StoreLog(settings.topology().name(), settings.deadline(), consequence);
        this.deadlineNanos = settings.deadline().toNanos();
        this.breaker = new Breaker(new Consequences());
        this.lines = new Lines(this::wakeKeeper, this::wakeWatchdog);
        this.flights = new Flights(lines, breaker, log, observer, settings.maxWaiting());
        this.keeper = new Keeper(new Connector(settings), lines, breaker, flights::handOver, settings.deadline());
        this.watchdog = new Watchdog(lines, flights::handOver, settings.deadline());
        this.watching = start(watchdog, "sluice-watchdog-" + settings.topology().name());
        this.keeping = start(keeper, "sluice-keeper-" + settings.topology().name());
        keeper.awaitReady(START);
    }

    @Override
    public List<Decision> tryConsume(List<Charge> charges) throws StoreUnavailableException {
        try {
            if (breaker.isOpen()) {
                throw Unavailable.OPEN;
            }
            return ask(charges);
        } catch (StoreUnavailableException unavailable) {
            log.undecided();
            throw unavailable;
        }
    }

    private List<Decision> ask(List<Charge> charges) throws StoreUnavailableException {
        long askedNanos = System.nanoTime();
        try {
            return flights.decide(charges, askedNanos + deadlineNanos);
        } finally {
            observer.asked(System.nanoTime() - askedNanos);
        }
    }

    /** How many servers of Redis are known to be unavailable, so that nobody asks them. */
    public int openBreakers() {
        return breaker.isOpen() ? 1 : 0;
    }

    /** Ends the threads and the connections, within two seconds also if Redis hangs; what still waits is sent away. */
    @Override
    public void close() {
        breaker.shut();
        keeper.close();
        watchdog.close();
        flights.failWaiting(Unavailable.CLOSED);
        lines.cutAll();
        join(keeping);
        join(watching);
        lines.cutAll(); // and what the keeper made meanwhile
    }

    private void wakeKeeper() {
        keeper.wake();
    }

    private void wakeWatchdog() {
        watchdog.attend();
    }

    private static Thread start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.interrupt();
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What follows when the breaker changes. */
    private final class Consequences implements Breaker.Listener {

        @Override
        public void faulted(Fault fault) {
            observer.faulted(fault.kind());
        }

        @Override
        public void suspicious() {
            keeper.wake();
        }

        @Override
        public void opened(Fault fault) {
            log.unavailable(fault);
            flights.failWaiting(Unavailable.OPEN);
            lines.cutAll();
            keeper.wake();
        }

        @Override
        public void closed() {
            log.available();
        }
    }
}

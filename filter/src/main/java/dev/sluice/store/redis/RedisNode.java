package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreObserver;
import dev.sluice.store.StoreUnavailableException;

import java.util.List;

/**
 * One server: its lines, who flies on them, and whether it is worth asking. All that is known of one server is here, so
 * that one which is down concerns nobody but those whose buckets it holds. Safe for use by many threads.
 */
final class RedisNode implements Redis, Watched {

    private final long deadlineNanos;
    private final StoreLog log;
    private final StoreObserver observer;
    private final Breaker breaker;
    private final Lines lines;
    private final Flights flights;
    private final Keeper keeper;
    private final Daemon keeping;

    /**
     * Starts a thread; {@link #stop} ends it.
     *
     * @param name of the server, for the log and the thread, without secrets
     * @param calls how it is asked
     */
    RedisNode(String name, Connector connector, Calls calls, StoreContext context) {
        RedisSettings settings = context.settings();
        this.observer = context.observer();
        this.log = new StoreLog(name, settings.deadline(), context.consequence());
        this.deadlineNanos = settings.deadline().toNanos();
        this.breaker = new Breaker(new Consequences());
        this.lines = new Lines(this::wakeKeeper, context.watchdog()::attend);
        this.flights = new Flights(lines, breaker, log, observer, calls::empty, settings.maxWaiting());
        this.keeper = new Keeper(connector, lines, breaker, calls::question, flights::handOver, settings.deadline());
        this.keeping = Daemon.start(keeper, "sluice-keeper-" + name);
        context.watchdog().watch(this);
    }

    /** How a node is asked. */
    interface Calls {

        /** For requests. */
        Call empty();

        /** The keeper's own request, for a bucket that is full again, and forgotten, at once. */
        Call question();
    }

    @Override
    public List<Decision> tryConsume(List<Charge> charges) throws StoreUnavailableException {
        long nowNanos = System.nanoTime();
        return decide(new Ticket(charges, nowNanos + deadlineNanos), nowNanos);
    }

    /** Decides one request. */
    List<Decision> decide(Ticket ticket, long nowNanos) throws StoreUnavailableException {
        try {
            if (breaker.isOpen()) {
                throw Unavailable.OPEN;
            }
            return ask(ticket, nowNanos);
        } catch (StoreUnavailableException unavailable) {
            log.undecided();
            throw unavailable;
        }
    }

    private List<Decision> ask(Ticket ticket, long askedNanos) throws StoreUnavailableException {
        try {
            return flights.decide(ticket);
        } finally {
            observer.asked(System.nanoTime() - askedNanos);
        }
    }

    /** Whether it holds slots of a cluster; that of one which holds none is no outage. */
    void needed(boolean now) {
        log.needed(now);
    }

    @Override
    public int openBreakers() {
        return breaker.isOpen() ? 1 : 0;
    }

    @Override
    public void awaitReady(long untilNanos) {
        keeper.awaitReady(untilNanos);
    }

    @Override
    public boolean isBusy() {
        return lines.areBusy();
    }

    @Override
    public void inspect(long lateNanos, long hangNanos) {
        lines.inspect(lateNanos, hangNanos);
        flights.handOver();
    }

    @Override
    public void stop() {
        breaker.shut();
        keeper.close();
        flights.failWaiting(Unavailable.CLOSED);
        lines.cutAll();
        keeping.interrupt();
    }

    @Override
    public void awaitEnd(long untilNanos) {
        keeping.awaitEnd(untilNanos);
        lines.cutAll(); // and what the keeper made meanwhile
    }

    private void wakeKeeper() {
        keeper.wake();
    }

    /** What follows when the breaker changes. */
    private final class Consequences implements Breaker.Listener {

        @Override
        public void faulted(Fault fault) {
            observer.faulted(fault.kind());
            if (fault.isOfReplica()) { // its other lines lead to the same server
                lines.retireAll();
            }
        }

        @Override
        public void suspicious() {
            keeper.wake();
        }

        @Override
        public void opened(Fault fault) {
            flights.failWaiting(Unavailable.OPEN);
            lines.cutAll();
            keeper.wake();
            log.unavailable(fault); // where it is written may be out of order
        }

        @Override
        public void stillOpen(Fault fault) {
            log.stillUnavailable(fault);
        }

        @Override
        public void closed() {
            log.available();
        }
    }
}

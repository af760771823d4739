package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.store.StoreObserver;
import dev.sluice.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Carries requests to Redis and decisions back. A request that finds a line free flies at once, on its own thread.
 * Requests that arrive while all lines fly wait, and share the next flight: one call, in the order of their arrival. Whoever
 * ends a flight goes on for a moment if others wait, then hands the line to the first of them who has
 * the time for a call. Safe for use by many threads.
 *
 * <p>No wake-up is lost: T1 puts itself into the queue and then asks for a line; T2 lays down its line and then looks into
 * the queue. Whichever of the two comes second sees what the other has done.
 */
final class Flights {

    /** Bounds how long the first aboard waits for the others to be decided. */
    private static final int MOST_ABOARD = 64;

    /** To a Redis that is far away, more of them take no longer. */
    private static final int MOST_ABOARD_FAR = 512;

    /** So few are told before the next call leaves: it takes no time, and who asks again at once may still come aboard. */
    private static final int FEW_ABOARD = 8;

    /** How long a thread goes on for others when its own request is decided: a few calls to a Redis nearby, none further. */
    private static final long GO_ON_NANOS = 500_000;

    /** Not with less than this to its own deadline, by which its calls are bounded. */
    private static final long TO_SPARE_NANOS = 50_000_000;

    /**
     * How long who waits in a crowd looks for a decision before it sleeps: some full calls of cold buckets. To be put to sleep
     * and woken takes more of the cores than all the rest of a decision.
     */
    private static final long LOOK_NANOS = 2_000_000;

    /** How long those who were just told have to ask again and be aboard the next call. */
    private static final long GATHER_NANOS = 50_000;

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final Lines lines;
    private final Breaker breaker;
    private final StoreLog log;
    private final StoreObserver observer;
    private final Supplier<Call> calls;
    private final int mostWaiting;
    private final ConcurrentLinkedDeque<Ticket> queue = new ConcurrentLinkedDeque<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param calls makes one that carries nobody yet */
    Flights(Lines lines, Breaker breaker, StoreLog log, StoreObserver observer, Supplier<Call> calls, int mostWaiting) {
        this.lines = lines;
        this.breaker = breaker;
        this.log = log;
        this.observer = observer;
        this.calls = calls;
        this.mostWaiting = mostWaiting;
    }

    /** Decides one request. */
    List<Decision> decide(Ticket own) throws StoreUnavailableException {
        boolean over = false;
        try {
            Line line = lines.take();
            if (line != null) {
                own.board();
            } else {
                line = queueUp(own);
            }
            while (line != null) {
                fly(line, own);
                line = own.await(0); // at once, unless the flight failed in a way that allows a second try
            }
            over = true;
        } finally {
            if (!over) { // sent away, or an error of ours
                leave(own);
            }
        }
        return own.decisions();
    }

    /** Gives a free line, if there is one, to the first who waits and has the time to fly, if anybody waits. */
    void handOver() {
        while (!queue.isEmpty()) {
            Line line = lines.take();
            if (line == null || isTaken(line)) {
                return;
            }
            lines.putBack(line); // and look again: T1 may have queued since
        }
    }

    /** A call ends by the deadline of whoever makes it. So who is nearly late makes it only if nobody else can. */
    private boolean isTaken(Line line) {
        long soonestNanos = System.nanoTime() + lines.nanosForCall();
        for (Ticket ticket : queue) {
            if (ticket.deadlineNanos() - soonestNanos > 0 && queue.remove(ticket) && ticket.handOver(line)) {
                return true;
            }
        }
        for (Ticket next = queue.pollFirst(); next != null; next = queue.pollFirst()) {
            if (next.handOver(line)) {
                return true;
            }
        }
        return false;
    }

    /** Sends everybody away who waits. */
    void failWaiting(StoreUnavailableException unavailable) {
        for (Ticket next = queue.pollFirst(); next != null; next = queue.pollFirst()) {
            next.fail(unavailable);
        }
    }

    /** The thread is gone: nobody may count on it any more, and what it holds is for others. */
    private void leave(Ticket own) {
        Line line = own.abandon();
        if (line != null) {
            lines.putBack(line);
            handOver();
        }
    }

    private @Nullable Line queueUp(Ticket own) throws StoreUnavailableException {
        if (waiting.incrementAndGet() > mostWaiting) {
            waiting.decrementAndGet();
            throw Unavailable.CROWDED;
        }
        try {
            queue.addLast(own);
            handOver();
            if (breaker.isOpen()) { // it may have opened, and sent everybody away, just before
                own.fail(Unavailable.OPEN);
            }
            return own.await(isCrowded() ? LOOK_NANOS : 0);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /**
     * Flies with the own request, and goes on for a moment while others wait: a thread that is awake carries them sooner
     * than one that must be woken. The passengers of one call are told while Redis works on the next, unless they are few.
     */
    private void fly(Line line, Ticket own) {
        long goOnUntilNanos = Math.min(System.nanoTime() + GO_ON_NANOS, own.deadlineNanos() - TO_SPARE_NANOS);
        Load load = Load.NONE;
        boolean inTheAir = true;
        try {
            load = new Load(calls.get());
            load.add(own);
            fill(load);
            line.send(load.call(), own.deadlineNanos());
            while (inTheAir) {
                observer.called(load.aboard().size());
                ScriptReply reply = load.call().read(line.receive(load.call()));
                breaker.success();
                Load arrived = load;
                load = Load.NONE;
                try {
                    boolean crowded = isCrowded();
                    if (crowded || arrived.aboard().size() <= FEW_ABOARD) {
                        deal(arrived, reply);
                    }
                    if (crowded) {
                        gather(arrived.aboard().size() - 1, Math.min(System.nanoTime() + GATHER_NANOS, goOnUntilNanos));
                    }
                    if (!queue.isEmpty() && System.nanoTime() - goOnUntilNanos < 0) {
                        load = new Load(calls.get());
                        fill(load);
                    }
                    if (load.aboard().isEmpty()) {
                        inTheAir = false;
                        lines.land(line);
                        handOver();
                    } else {
                        line.send(load.call(), own.deadlineNanos());
                    }
                } finally {
                    deal(arrived, reply); // unless that is done
                }
            }
        } catch (JedisException | IllegalArgumentException failure) {
            if (!inTheAir) {
                throw failure; // the line may be another's by now
            }
            inTheAir = false;
            failed(line, load, line.wasCut() ? Fault.LATE : Fault.of(failure));
        } finally {
            if (inTheAir) { // an error of ours: a line never stays in the air
                failed(line, load, Fault.UNEXPECTED);
            }
        }
    }

    /** Tells those aboard, once. Who writes the log may be out of order, so it comes last. */
    private void deal(Load load, ScriptReply reply) {
        if (load.tell(reply)) {
            lines.decided(load.aboard().size());
            reply.damaged().forEach(log::damaged);
            log.foreign(reply.foreign());
        }
    }

    /**
     * Whether those who wait shall look: that decides more, and more of them wait than there are cores. With fewer, a core
     * had better rest.
     */
    private boolean isCrowded() {
        return waiting.get() > CORES && lines.areLookedFor();
    }

    /** Lets others run until so many wait. */
    private void gather(int crowd, long untilNanos) {
        while (queue.stream().limit(crowd).count() < crowd && System.nanoTime() - untilNanos < 0) {
            Thread.yield();
        }
    }

    /** Takes aboard who waits, as far as one call can carry them. */
    private void fill(Load load) {
        int most = lines.areFar() ? MOST_ABOARD_FAR : MOST_ABOARD;
        boolean takesMore = true;
        while (takesMore && load.aboard().size() < most) {
            Ticket next = queue.pollFirst();
            takesMore = next != null && (!next.board() || carries(load, next));
        }
    }

    /** Whether it is aboard now; if not, it waits as before. */
    private boolean carries(Load load, Ticket next) {
        boolean carried;
        try {
            carried = load.add(next);
        } catch (RuntimeException | Error ours) {
            next.settle(Unavailable.FAULT); // to wait again could be the end of whoever takes it aboard next
            throw ours;
        }
        if (!carried) {
            next.disembark();
            queue.addFirst(next);
            handOver(); // a line may have landed while nobody seemed to wait
        }
        return carried;
    }

    private void failed(Line line, Load load, Fault fault) {
        List<Ticket> lost = load.aboard();
        try {
            if (fault.endsLine()) {
                line.cut();
            }
            lines.land(line);
            // Redis went away while the line was at rest, and so did all lines at rest: one more try, on a new one.
            if (fault.mayBeStale() && line.wasUsed()) {
                lines.discardResting();
                lost = queueAgain(load.aboard());
            }
            if (!lost.isEmpty() || load.aboard().isEmpty()) {
                breaker.fault(fault);
            }
            handOver();
            if (breaker.isOpen()) { // it may have opened, and sent everybody away, just before
                failWaiting(Unavailable.OPEN);
            }
        } finally {
            lost.forEach(ticket -> ticket.settle(Unavailable.FAULT));
        }
    }

    /** In their order, before all others; those who cannot try once more are returned. */
    private List<Ticket> queueAgain(List<Ticket> aboard) {
        List<Ticket> lost = new ArrayList<>();
        for (int seat = aboard.size() - 1; seat >= 0; seat--) {
            Ticket ticket = aboard.get(seat);
            if (ticket.disembarkForSecondTry()) {
                queue.addFirst(ticket);
            } else {
                lost.add(ticket);
            }
        }
        return lost;
    }
}

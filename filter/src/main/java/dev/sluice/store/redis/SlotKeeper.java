package dev.sluice.store.redis;

import dev.sluice.store.FaultKind;
import dev.sluice.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The thread that knows which node holds which slot: it asks one of them when a request was sent on or a node does not
 * answer, and as long as one of those that hold slots is down. Requests never wait for that.
 */
final class SlotKeeper implements Runnable, Watched {

    /** Before the same question again: a failover is noticed that long after the cluster has agreed on it. */
    private static final long PAUSE_NANOS = 500_000_000;

    /** So long a node without slots is kept: nobody is on the way to it any more. */
    private static final long KEPT_NANOS = 30_000_000_000L;

    private static final int MOST_ERRANDS = 10_000;

    private final Topology.Cluster cluster;
    private final Function<RedisAddress, Connector> connectors;
    private final SlotMap slots;
    private final ClusterNodes nodes;
    private final StoreLog log;
    private final Watchdog watchdog;
    private final long deadlineNanos;
    private final Semaphore work = new Semaphore(0);
    private final CountDownLatch ready = new CountDownLatch(1);
    private final BlockingQueue<Runnable> errands = new LinkedBlockingQueue<>(MOST_ERRANDS);
    private volatile @Nullable Line line;
    private volatile boolean wanted = true;
    private volatile boolean knows;
    private volatile boolean closed;

    // Confined to the thread.
    private long nextNanos = System.nanoTime();
    private List<RedisAddress> replicas = List.of();
    private Set<RedisAddress> masters = Set.of();
    private boolean reported;
    private boolean refused;

    SlotKeeper(
            Topology.Cluster cluster,
            Function<RedisAddress, Connector> connectors,
            SlotMap slots,
            ClusterNodes nodes,
            StoreLog log,
            StoreContext context) {
        this.cluster = cluster;
        this.connectors = connectors;
        this.slots = slots;
        this.nodes = nodes;
        this.log = log;
        this.watchdog = context.watchdog();
        this.deadlineNanos = context.settings().deadline().toNanos();
        watchdog.watch(this);
    }

    /** What is known may be out of date. */
    void wake() {
        wanted = true;
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    /** Does something small for a request whose time is over; nothing if there is too much of it. */
    void later(Runnable errand) {
        if (errands.offer(errand) && work.availablePermits() == 0) {
            work.release();
        }
    }

    /** Whether it has ever been told who holds the slots. */
    boolean knows() {
        return knows;
    }

    void awaitReady(long untilNanos) {
        try {
            ready.await(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        closed = true;
        wake();
        Line asked = line;
        if (asked != null) {
            asked.cut();
        }
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                keep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() throws InterruptedException {
        for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
            errand.run();
        }
        Set<RedisAddress> owners = slots.owners();
        long waitNanos = nanosUntilWork(owners);
        if (waitNanos > 0) {
            work.tryAcquire(waitNanos, TimeUnit.NANOSECONDS);
            return;
        }
        wanted = false;
        refresh(owners);
        nextNanos = System.nanoTime() + pause();
        ready.countDown();
    }

    private long nanosUntilWork(Set<RedisAddress> owners) {
        boolean down = false;
        for (RedisAddress owner : owners) {
            down |= isDown(owner); // of each, since asking keeps it
        }
        nodes.forgetUnneeded(KEPT_NANOS);
        if (wanted || !knows || down) {
            return nextNanos - System.nanoTime();
        }
        return nodes.count() > owners.size() ? KEPT_NANOS : Long.MAX_VALUE;
    }

    /** Asks one after the other until one knows. */
    private void refresh(Set<RedisAddress> owners) {
        Fault fault = Fault.LATE;
        for (RedisAddress node : whomToAsk(owners)) {
            if (closed) {
                return;
            }
            Line asked = new Line();
            try {
                learn(ask(node, asked));
                return;
            } catch (JedisException | IllegalArgumentException failure) {
                fault = fault.unlessConfigured(asked.wasCut() ? Fault.LATE : Fault.of(failure));
            } finally {
                line = null;
                asked.cut();
            }
        }
        if (knows) {
            tellOfRefusal(fault);
        } else if (reported) {
            log.stillUnavailable(fault);
        } else {
            reported = true;
            log.unavailable(fault);
        }
    }

    /** First those who are well and must know; those that are known to be down only if nobody else answers. */
    private Set<RedisAddress> whomToAsk(Set<RedisAddress> owners) {
        Set<RedisAddress> inOrder = new LinkedHashSet<>();
        owners.stream().filter(owner -> !isDown(owner)).forEach(inOrder::add);
        inOrder.addAll(cluster.nodes());
        inOrder.addAll(replicas);
        inOrder.addAll(owners);
        return inOrder;
    }

    private List<SlotRange> ask(RedisAddress node, Line asked) {
        line = asked;
        watchdog.attend();
        connectors.apply(node).connect(asked);
        SlotsQuestion question = new SlotsQuestion(node);
        return question.read(asked.evaluate(question, System.nanoTime() + deadlineNanos));
    }

    private boolean isDown(RedisAddress owner) {
        try {
            return nodes.need(owner).openBreakers() > 0;
        } catch (StoreUnavailableException noFurtherNode) {
            return true;
        }
    }

    private void learn(List<SlotRange> ranges) {
        slots.learn(ranges);
        refused = false;
        replicas = ranges.stream()
                .flatMap(range -> range.replicas().stream())
                .distinct()
                .toList();
        Set<RedisAddress> owners = slots.owners();
        owners.forEach(this::isDown); // makes those that are new
        nodes.owners(owners);
        if (!owners.equals(masters)) {
            masters = owners;
            System.getLogger("dev.sluice").log(Level.INFO, "The masters of the Redis Cluster are {0}", inWords(owners));
        }
        if (!knows) {
            knows = true;
            if (reported) {
                log.available();
            }
        }
    }

    /** The nodes say themselves when they are down. But what somebody's configuration forbids, only this thread meets. */
    private void tellOfRefusal(Fault fault) {
        if (fault.kind() == FaultKind.MISCONFIGURED && !refused) {
            refused = true;
            System.getLogger("dev.sluice")
                    .log(
                            Level.ERROR,
                            "The Redis Cluster no longer tells who holds its slots ({0}): a failover cannot be followed",
                            fault.reason());
        }
    }

    private static String inWords(Set<RedisAddress> nodes) {
        return nodes.stream().map(RedisAddress::toString).sorted().collect(Collectors.joining(", "));
    }

    @Override
    public boolean isBusy() {
        return line != null;
    }

    @Override
    public void inspect(long lateNanos, long hangNanos) {
        Line asked = line;
        if (asked != null) {
            asked.cutIfLate(System.nanoTime() + lateNanos);
        }
    }

    /** Never the same for all servers. */
    private static long pause() {
        return (long) (PAUSE_NANOS * (0.8 + 0.4 * ThreadLocalRandom.current().nextDouble()));
    }
}

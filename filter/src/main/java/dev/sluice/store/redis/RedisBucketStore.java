package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.store.BucketStore;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreObserver;
import dev.sluice.store.StoreUnavailableException;

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
    private static final long START_NANOS = 1_000_000_000;

    private static final long END_NANOS = 1_600_000_000;

    private final Watchdog watchdog;
    private final Daemon watching;
    private final Redis redis;

    /** Unobserved; says no more of an outage than that each policy takes its failure mode. */
    public RedisBucketStore(RedisSettings settings) {
        this(settings, () -> "each policy takes its failure mode", StoreObserver.NONE);
    }

    /**
     * Starts daemon threads; {@link #close} ends them.
     *
     * @param consequence what happens to requests in an outage, for the log: {@code limiting per server}
     * @param observer is told of every question and every call
     */
    public RedisBucketStore(RedisSettings settings, Supplier<String> consequence, StoreObserver observer) {
        String name = settings.topology().name();
        this.watchdog = new Watchdog(settings.deadline());
        this.watching = Daemon.start(watchdog, "sluice-watchdog-" + name);
        StoreContext context = new StoreContext(settings, watchdog, consequence, observer);
        this.redis = redis(context);
        redis.awaitReady(System.nanoTime() + START_NANOS);
    }

    private static Redis redis(StoreContext context) {
        RedisSettings settings = context.settings();
        Topology topology = settings.topology();
        Connectors servers = Connectors.toRedis(settings);
        if (topology instanceof Topology.Cluster cluster) {
            return new SlotRouter(cluster, address -> servers.to(address, 0), context);
        }
        Connector connector = topology instanceof Topology.Standalone server
                ? servers.to(server.address(), server.database())
                : toMaster((Topology.Sentinels) topology, settings, servers);
        return new RedisNode(topology.name(), connector, new StandaloneCalls(), context);
    }

    private static Connector toMaster(Topology.Sentinels sentinels, RedisSettings settings, Connectors servers) {
        return new MasterConnector(sentinels, Connectors.toSentinels(settings, sentinels), servers);
    }

    @Override
    public List<Decision> tryConsume(List<Charge> charges) throws StoreUnavailableException {
        return redis.tryConsume(charges);
    }

    /** How many servers of Redis are known to be unavailable, so that nobody asks them. */
    public int openBreakers() {
        return redis.openBreakers();
    }

    /** Ends the threads and the connections, within two seconds also if Redis hangs; what still waits is sent away. */
    @Override
    public void close() {
        long untilNanos = System.nanoTime() + END_NANOS;
        redis.stop();
        watchdog.close();
        watching.interrupt();
        redis.awaitEnd(untilNanos);
        watching.awaitEnd(untilNanos);
    }
}

package dev.sluice.store.redis;

import dev.sluice.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The nodes of a cluster, each made when it is first needed and given up when it has long been needed no more. Safe for
 * use by many threads.
 */
final class ClusterNodes {

    /** As many as a cluster may have; a peer that names ever new ones is not worth more. */
    private static final int MOST = 1_000;

    private static final class Entry {
        final RedisNode node;
        volatile long neededNanos = System.nanoTime();

        Entry(RedisNode node) {
            this.node = node;
        }
    }

    private final Function<RedisAddress, RedisNode> maker;
    private final Watchdog watchdog;
    private final ConcurrentMap<RedisAddress, Entry> entries = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean stopped;

    /** @param maker must not block */
    ClusterNodes(Function<RedisAddress, RedisNode> maker, Watchdog watchdog) {
        this.maker = maker;
        this.watchdog = watchdog;
    }

    /**
     * @throws StoreUnavailableException if there is to be no further one
     */
    RedisNode at(RedisAddress address) throws StoreUnavailableException {
        Entry known = entries.get(address);
        return known == null ? make(address).node : known.node;
    }

    /** Null if it was not made. */
    @Nullable
    RedisNode known(RedisAddress address) {
        Entry known = entries.get(address);
        return known == null ? null : known.node;
    }

    /** It is still of use. */
    RedisNode need(RedisAddress address) throws StoreUnavailableException {
        RedisNode node = at(address);
        Entry entry = entries.get(address);
        if (entry != null) {
            entry.neededNanos = System.nanoTime();
        }
        return node;
    }

    /** Tells all whether they are among those that hold slots. */
    void owners(Set<RedisAddress> owners) {
        entries.forEach((address, entry) -> entry.node.needed(owners.contains(address)));
    }

    /** Gives those up that have not been needed for that long. */
    void forgetUnneeded(long nanos) {
        long now = System.nanoTime();
        entries.forEach((address, entry) -> {
            if (now - entry.neededNanos > nanos) {
                entries.remove(address);
                watchdog.forget(entry.node);
                entry.node.stop();
            }
        });
    }

    int count() {
        return entries.size();
    }

    /** Tells all to stop; there are no others from now on. */
    Collection<RedisNode> stop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
        List<RedisNode> nodes = new ArrayList<>();
        entries.values().forEach(entry -> nodes.add(entry.node));
        nodes.forEach(RedisNode::stop);
        return nodes;
    }

    private Entry make(RedisAddress address) throws StoreUnavailableException {
        lock.lock();
        try {
            Entry known = entries.get(address);
            if (known != null) {
                return known;
            }
            if (stopped) {
                throw Unavailable.CLOSED;
            }
            if (entries.size() >= MOST) {
                throw Unavailable.UNSERVED;
            }
            Entry made = new Entry(maker.apply(address));
            entries.put(address, made);
            return made;
        } finally {
            lock.unlock();
        }
    }
}

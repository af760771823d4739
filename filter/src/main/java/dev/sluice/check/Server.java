package dev.sluice.check;

import dev.sluice.key.BucketKey;
import dev.sluice.store.redis.RedisAddress;
import dev.sluice.store.redis.RedisInterview;
import dev.sluice.store.redis.RedisSettings;
import dev.sluice.store.redis.Topology;

import java.time.Duration;
import java.util.function.IntPredicate;

/**
 * One server that holds buckets. Immutable.
 *
 * @param settings how it is reached, by itself
 * @param slots of a cluster, which of them are there
 */
record Server(RedisSettings settings, RedisAddress address, IntPredicate slots) {

    /** Longer than any deadline: what is slow should be found to be slow, and not to be gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** With all buckets. */
    static Server of(RedisSettings settings, RedisAddress address, int database) {
        return new Server(settings.of(new Topology.Standalone(address, database), PATIENCE), address, slot -> true);
    }

    Server with(IntPredicate itsSlots) {
        return new Server(settings, address, itsSlots);
    }

    boolean holds(BucketKey key) {
        return slots.test(RedisInterview.slotOf(key));
    }
}

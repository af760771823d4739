package dev.sluice.store.redis;

import java.util.List;

/**
 * Slots that one master holds. Immutable.
 *
 * @param first 0 to 16383
 * @param last from first to 16383
 * @param replicas of the master, which know the cluster as well
 */
record SlotRange(int first, int last, RedisAddress master, List<RedisAddress> replicas) {

    private static final int LAST_SLOT = 16_383;

    SlotRange {
        if (first < 0 || last < first || last > LAST_SLOT) {
            throw new IllegalArgumentException(
                    "expected slots from 0 to " + LAST_SLOT + ", were " + first + " to " + last);
        }
    }
}

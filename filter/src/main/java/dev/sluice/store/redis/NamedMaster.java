package dev.sluice.store.redis;

/**
 * The master that a sentinel names. Immutable.
 *
 * @param epoch counts the failovers: of two that were named, the one of the higher epoch became the master later
 */
record NamedMaster(RedisAddress address, long epoch) {

    /** Whether who names this one knows of the other: that it is the master, or was. */
    boolean isAtLeast(NamedMaster other) {
        return epoch > other.epoch || epoch == other.epoch && address.equals(other.address);
    }
}

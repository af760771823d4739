package dev.sluice.store.redis;

/** What a request does with its buckets. */
enum Act {
    /** Takes the cost of each, all or nothing. */
    TAKE,
    /** Takes nothing, and tells whether each could pay. */
    LOOK,
    /** Gives the cost back that was taken a moment ago: never above the capacity, and nothing to a bucket that is full. */
    GIVE_BACK
}

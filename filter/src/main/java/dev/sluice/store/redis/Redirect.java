package dev.sluice.store.redis;

/** A node of a cluster did not decide a request, and says who might. Nothing was executed. Immutable. */
sealed interface Redirect extends ScriptReply.Answer {

    /** The slot belongs to another node now. */
    record Moved(RedisAddress address) implements Redirect {}

    /** The slot is moving, and these buckets are not here any more, or not yet: to be asked for there this once. */
    record Ask(RedisAddress address) implements Redirect {}

    /** The slot is moving, and the buckets lie on both sides: to be asked for one by one. */
    record Apart() implements Redirect {}

    /** Nobody serves the slot at the moment. */
    record Nowhere() implements Redirect {}
}

package dev.sluice.store.redis;

import redis.clients.jedis.exceptions.JedisException;

/** Connects lines. Where to is its own affair. */
interface Connector {

    /**
     * Connects and authenticates a line.
     *
     * @return whether it leads to another server than the last one did, so that those that there are lead astray
     * @throws JedisException if there is none to be had
     */
    boolean connect(Line line);

    /**
     * Whether lines lead to another server by now than the last one did. Asks whoever knows it.
     *
     * @param scratch a line to ask with, of no use afterwards
     */
    default boolean hasMoved(Line scratch) {
        return false;
    }

    /** Whether that is worth asking from time to time. */
    default boolean mayMove() {
        return false;
    }
}

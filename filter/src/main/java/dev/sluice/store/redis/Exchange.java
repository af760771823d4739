package dev.sluice.store.redis;

import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/** What is written to Redis in one go, and read back. Confined to one thread. */
interface Exchange {

    /**
     * Writes all of it.
     *
     * @throws JedisException if it cannot
     */
    void send(Connection connection);

    /**
     * Reads all that comes back.
     *
     * @throws JedisException if there is no reply, or an error that concerns all of it
     */
    Object receive(Connection connection);
}

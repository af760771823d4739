package dev.sluice.store.redis;

import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What one flight asks of Redis: a call of the script, or several that are written in one go. Confined to one thread.
 */
interface Call {

    /**
     * Adds a request.
     *
     * @return whether it was added; one that does not fit flies later
     */
    boolean add(Ticket ticket);

    /**
     * Writes all of it.
     *
     * @throws JedisException if it cannot
     */
    void send(Connection connection);

    /**
     * Reads all that comes back. Where a script was unknown nothing was executed, and so it is sent again, with its text.
     *
     * @throws JedisException if there is no reply, or an error that concerns all requests
     */
    Object receive(Connection connection);

    /**
     * @param reply what {@link #receive} returned
     * @return an answer for each request added, in order
     * @throws IllegalArgumentException if it is not the reply to this call
     */
    ScriptReply read(Object reply);
}

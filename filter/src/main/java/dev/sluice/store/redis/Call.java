package dev.sluice.store.redis;

/**
 * What one flight asks of Redis: a call of the script, or several that are written in one go. A script that Redis does not
 * know was not executed, and so is sent again, with its text. Confined to one thread.
 */
interface Call extends Exchange {

    /**
     * Adds a request.
     *
     * @return whether it was added; one that does not fit flies later
     */
    boolean add(Ticket ticket);

    /**
     * @param reply what {@link #receive} returned
     * @return an answer for each request added, in order
     * @throws IllegalArgumentException if it is not the reply to this call
     */
    ScriptReply read(Object reply);
}

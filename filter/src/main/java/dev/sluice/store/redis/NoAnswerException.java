package dev.sluice.store.redis;

import redis.clients.jedis.exceptions.JedisDataException;

/** Redis gave no answer to a question. Its message says why, in the words of the store's log, without secrets. */
public final class NoAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String refusal;

    NoAnswerException(RuntimeException failure) {
        super(Fault.of(failure).reason(), failure);
        this.refusal = failure instanceof JedisDataException ? String.valueOf(failure.getMessage()) : "";
    }

    /** What Redis said, {@code NOPERM ...}; empty if it said nothing, so that there is no connection any more. */
    public String refusal() {
        return refusal;
    }
}

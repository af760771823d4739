package dev.sluice.store.redis;

import redis.clients.jedis.exceptions.JedisException;

/** A failure of which it is known already what follows from it. */
final class KnownFaultException extends JedisException {

    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    KnownFaultException(Fault fault) {
        super(fault.reason());
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}

package dev.sluice.store.redis;

import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection that carries one call of the script at a time, and can be cut by another thread when the call is late. A
 * socket timeout would not do: it bounds one read, and a peer that drips a byte now and then starts it anew.
 *
 * <p>{@link #evaluate} is confined to the thread that holds the line; {@link #cutIfLate} and {@link #cut} are safe for
 * any.
 */
final class Line {

    private static final long AT_REST = Long.MAX_VALUE;
    private static final long CUT = Long.MIN_VALUE;

    private final Connection connection;
    // When the call under way is late, on the clock of System.nanoTime; or AT_REST, or CUT.
    private final AtomicLong lateAtNanos = new AtomicLong(AT_REST);
    private volatile long startedNanos;
    private boolean used;

    Line(Connection connection) {
        this.connection = connection;
    }

    /**
     * Calls the script. NOSCRIPT means that nothing was executed, so the same call is made again, with the text.
     *
     * @throws JedisException if there is no reply to read; after anything but an error reply the line is of no more use
     */
    Object evaluate(ScriptCall call, long deadlineNanos) {
        startedNanos = System.nanoTime();
        if (!lateAtNanos.compareAndSet(AT_REST, deadlineNanos)) {
            throw new LineCutException();
        }
        try {
            try {
                return connection.executeCommand(call.with(Protocol.Command.EVALSHA, TokenBucketScript.SHA1));
            } catch (JedisNoScriptException unknown) {
                return connection.executeCommand(call.with(Protocol.Command.EVAL, TokenBucketScript.TEXT));
            }
        } finally {
            // T1 ends its call here; T2, the watchdog, may have found it late a moment before. One of them wins.
            if (!lateAtNanos.compareAndSet(deadlineNanos, AT_REST)) {
                connection.setBroken();
            }
            used = true;
        }
    }

    /** Whether an earlier call went well: only then can a failure mean no more than that the line had gone stale. */
    boolean wasUsed() {
        return used;
    }

    /** Whether its call was late, or nobody wants it any more. */
    boolean wasCut() {
        return lateAtNanos.get() == CUT;
    }

    boolean isBroken() {
        return connection.isBroken();
    }

    /** When the call under way, or the last one, began. */
    long startedNanos() {
        return startedNanos;
    }

    /** Whether a call has been under way for longer than {@code nanos}. */
    boolean isBusyLongerThan(long nanos, long nowNanos) {
        return lateAtNanos.get() != AT_REST && nowNanos - startedNanos > nanos;
    }

    /** Cuts the line if its call is late. */
    void cutIfLate(long nowNanos) {
        long lateAt = lateAtNanos.get();
        if (lateAt != AT_REST && lateAt != CUT && nowNanos - lateAt >= 0 && lateAtNanos.compareAndSet(lateAt, CUT)) {
            disconnect();
        }
    }

    /** Cuts the line whatever it does. */
    void cut() {
        lateAtNanos.set(CUT);
        disconnect();
    }

    private void disconnect() {
        try {
            connection.forceDisconnect();
        } catch (IOException e) {
            System.getLogger("dev.sluice").log(Level.DEBUG, "closing a connection failed", e);
        }
    }

    /** The line was cut before the call could begin. */
    private static final class LineCutException extends JedisException {
        private static final long serialVersionUID = 1L;

        LineCutException() {
            super("the connection was cut");
        }
    }
}

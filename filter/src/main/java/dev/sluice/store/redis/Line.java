package dev.sluice.store.redis;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisException;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection that carries one call of the script at a time, and can be cut by another thread when the call is late. A
 * socket timeout would not do: it bounds one read, and a peer that drips a byte now and then starts it anew.
 *
 * <p>{@link #connect} and {@link #evaluate} are confined to the thread that holds the line; {@link #cutIfLate} and {@link #cut} are safe for
 * any.
 */
final class Line {

    private static final long AT_REST = Long.MAX_VALUE;
    private static final long CUT = Long.MIN_VALUE;

    private @Nullable PromptConnection connection;
    private volatile @Nullable Socket socket;
    // When the call under way is late, on the clock of System.nanoTime; or AT_REST, or CUT.
    private final AtomicLong lateAtNanos = new AtomicLong(AT_REST);
    private volatile long startedNanos;
    private volatile boolean retired;
    private boolean used;

    /**
     * Connects and authenticates. A line may be connected again, to somebody else.
     *
     * @param deadlineNanos when all of it is late
     * @throws JedisException if it cannot
     */
    void connect(Sockets sockets, JedisClientConfig config, long deadlineNanos) {
        begin(deadlineNanos);
        disconnect();
        try {
            connection = new PromptConnection(() -> sockets.open(this::remember), config);
        } catch (JedisException known) {
            throw known;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError garbage) {
            throw new GarbageException(garbage);
        } finally {
            end(deadlineNanos);
        }
    }

    /**
     * Makes a call and waits for the reply.
     *
     * @throws JedisException if there is no reply to read; after anything but an error reply the line is of no more use
     */
    Object evaluate(Exchange call, long deadlineNanos) {
        send(call, deadlineNanos);
        return receive(call);
    }

    /**
     * Makes a call; {@link #receive} must follow.
     *
     * @param deadlineNanos when the reply is late
     * @throws JedisException if it cannot; the line is then of no more use
     */
    void send(Exchange call, long deadlineNanos) {
        begin(deadlineNanos);
        try {
            call.send(connected());
            connected().flush();
        } catch (RuntimeException failure) {
            end(deadlineNanos);
            throw failure;
        }
    }

    /**
     * The reply to the call under way.
     *
     * @throws JedisException as {@link #evaluate} does
     */
    Object receive(Exchange underWay) {
        long deadlineNanos = lateAtNanos.get();
        try {
            Object reply = underWay.receive(connected());
            used = true;
            return reply;
        } catch (JedisException known) {
            throw known;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError garbage) {
            throw new GarbageException(garbage);
        } finally {
            end(deadlineNanos);
        }
    }

    /**
     * Asks anything else, such as how Redis is set up.
     *
     * @throws JedisException as {@link #evaluate} does
     */
    Object ask(CommandArguments question, long deadlineNanos) {
        begin(deadlineNanos);
        try {
            return connected().executeCommand(question);
        } catch (JedisException known) {
            throw known;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError garbage) {
            throw new GarbageException(garbage);
        } finally {
            end(deadlineNanos);
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

    /** It shall end when its call has ended: it leads to a server that is the wrong one by now. */
    void retire() {
        retired = true;
    }

    /** Whether it is of no more use. */
    boolean isBroken() {
        return retired || wasCut() || connection == null || connection.isBroken();
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

    private PromptConnection connected() {
        return Objects.requireNonNull(connection, "not connected");
    }

    private void begin(long deadlineNanos) {
        startedNanos = System.nanoTime();
        if (!lateAtNanos.compareAndSet(AT_REST, deadlineNanos)) {
            throw new LineCutException();
        }
    }

    /** T1 ends its call here; T2, the watchdog, may have found it late a moment before: then the line stays cut. */
    private void end(long deadlineNanos) {
        if (deadlineNanos != CUT) {
            lateAtNanos.compareAndSet(deadlineNanos, AT_REST);
        }
    }

    private void remember(Socket made) {
        socket = made;
        if (wasCut()) { // T2 cut it between the line above and the one that made the socket
            disconnect();
        }
    }

    private void disconnect() {
        Socket open = socket;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            System.getLogger("dev.sluice").log(Level.DEBUG, "closing a connection failed", e);
        }
    }

    /** Can send at once what Jedis would keep until the reply is asked for. */
    private static final class PromptConnection extends Connection {

        PromptConnection(JedisSocketFactory sockets, JedisClientConfig config) {
            super(sockets, config);
        }

        @Override
        protected void flush() {
            super.flush();
        }
    }

    /** The peer has said something that breaks the parser: a length beyond all memory, arrays without end. */
    private static final class GarbageException extends JedisException {
        private static final long serialVersionUID = 1L;

        GarbageException(Throwable cause) {
            super("not a reply of Redis (" + cause.getClass().getSimpleName() + ")");
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

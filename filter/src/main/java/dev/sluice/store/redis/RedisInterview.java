package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A conversation with one Redis, for who wants to know how it is set up: on a line that is connected as the store connects
 * its own, and with the store's script. Confined to one thread.
 */
public final class RedisInterview implements AutoCloseable {

    private static final long MICROS_PER_SECOND = 1_000_000;

    /** What the script decided, and the time of Redis at which it did. */
    public record Decided(long nowMicros, List<Decision> decisions) {}

    private final Line line = new Line();
    private final Duration patience;

    private RedisInterview(Duration patience) {
        this.patience = patience;
    }

    /**
     * Connects and authenticates.
     *
     * @param settings of one server; their deadline is how long each reply is waited for
     * @throws NoAnswerException if that fails
     */
    public static RedisInterview begin(RedisSettings settings) throws NoAnswerException {
        RedisInterview interview = new RedisInterview(settings.deadline());
        try {
            connector(settings).connect(interview.line);
            return interview;
        } catch (JedisException failure) {
            interview.close();
            throw new NoAnswerException(failure);
        }
    }

    private static Connector connector(RedisSettings settings) {
        if (settings.topology() instanceof Topology.Standalone server) {
            return Connectors.toRedis(settings).to(server.address(), server.database());
        }
        throw new IllegalArgumentException("not a single server: " + settings.topology());
    }

    /** The slot of a Redis Cluster in which a bucket is. */
    public static int slotOf(BucketKey key) {
        return JedisClusterCRC16.getSlot(key.text());
    }

    /**
     * Asks one question.
     *
     * @param words of the command: {@code INFO}, {@code memory}
     * @return the reply as text: the items of an array, or the one; an empty text for what is not there
     * @throws NoAnswerException if Redis refuses, or does not answer
     */
    public List<String> ask(String... words) throws NoAnswerException {
        byte[] name = words[0].toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        CommandArguments question = new CommandArguments(() -> name);
        for (int i = 1; i < words.length; i++) {
            question.add(words[i]);
        }
        try {
            return ReplyTexts.of(line.ask(question, System.nanoTime() + patience.toNanos()));
        } catch (JedisException failure) {
            throw new NoAnswerException(failure);
        }
    }

    /** The clock of Redis, in microseconds since 1970. */
    public long nowMicros() throws NoAnswerException {
        List<String> clock = ask("TIME");
        try {
            return Long.parseLong(clock.get(0)) * MICROS_PER_SECOND + Long.parseLong(clock.get(1));
        } catch (NumberFormatException | IndexOutOfBoundsException garbage) {
            throw new NoAnswerException(new IllegalArgumentException("expected a time", garbage));
        }
    }

    /** Of a sentinel: which failover made the master the master, counted from the first. */
    public long epochOf(String master) throws NoAnswerException {
        List<String> fields = ask("SENTINEL", "MASTER", master);
        try {
            return SentinelQuestion.epochIn(fields);
        } catch (IllegalArgumentException garbage) {
            throw new NoAnswerException(garbage);
        }
    }

    /** What is stored of a bucket; reads only. */
    public StoredBucket read(BucketKey key) throws NoAnswerException {
        return StoredBucket.of(ask("HMGET", key.text(), "tokens", "last_refill", "fraction"));
    }

    /** Lets the script decide one request, as the store does. */
    public Decided decide(List<Charge> charges) throws NoAnswerException {
        ScriptCall call = new ScriptCall();
        call.add(charges, Act.TAKE);
        try {
            ScriptReply reply = call.read(line.evaluate(call, System.nanoTime() + patience.toNanos()));
            return new Decided(
                    reply.nowMicros(),
                    reply.answers().get(0) instanceof ScriptReply.Decided decided ? decided.decisions() : List.of());
        } catch (JedisException | IllegalArgumentException failure) {
            throw new NoAnswerException(failure);
        }
    }

    @Override
    public void close() {
        line.cut();
    }
}

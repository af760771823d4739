package dev.sluice.store.redis;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

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

    /**
     * What an error says about where to ask; null if it is not about that.
     *
     * @param node that said it
     * @throws IllegalArgumentException if it names no address
     */
    static @Nullable Redirect of(JedisDataException error, RedisAddress node) {
        if (error instanceof JedisMovedDataException moved) {
            return new Moved(address(moved.getTargetNode(), node));
        }
        if (error instanceof JedisAskDataException ask) {
            return new Ask(address(ask.getTargetNode(), node));
        }
        String message = String.valueOf(error.getMessage());
        if (message.startsWith("TRYAGAIN")) {
            return new Apart();
        }
        return message.startsWith("CLUSTERDOWN Hash slot not served") ? new Nowhere() : null;
    }

    /** A node that does not know the host of another leaves it out: they are reached at the same one. */
    private static RedisAddress address(HostAndPort target, RedisAddress node) {
        String host = target.getHost();
        return new RedisAddress(host == null || host.isEmpty() ? node.host() : host, target.getPort());
    }
}

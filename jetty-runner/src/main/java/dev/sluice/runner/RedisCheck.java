package dev.sluice.runner;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

import java.io.PrintStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

/** Asks Redis whether it answers. Safe for use by many threads. */
record RedisCheck(RedisEndpoint redis) {

    private static final int TIMEOUT_MILLIS = 1_000;
    private static final int ASK_EVERY_MILLIS = 500;

    /** Says {@code Connected to Redis}: now, or why not, and then when it is so. */
    void announce(PrintStream out, PrintStream err) {
        Optional<String> problem = problem();
        if (problem.isEmpty()) {
            out.println("Connected to Redis");
            return;
        }
        err.println("Redis at " + redis + " unavailable (" + problem.get()
                + "): starting anyway, limiting per server until it answers");
        Thread asking = new Thread(() -> announceLater(out), "redis-check");
        asking.setDaemon(true);
        asking.start();
    }

    private void announceLater(PrintStream out) {
        try {
            do {
                Thread.sleep(ASK_EVERY_MILLIS);
            } while (problem().isPresent());
            out.println("Connected to Redis");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return empty if it answers */
    Optional<String> problem() {
        try (Jedis jedis = new Jedis(redis.address(), redis.client(TIMEOUT_MILLIS))) {
            jedis.ping();
            return Optional.empty();
        } catch (JedisAccessControlException refused) {
            // A user who may do nothing but run the script is a user all the same.
            return String.valueOf(refused.getMessage()).startsWith("NOPERM")
                    ? Optional.empty()
                    : Optional.of("authentication failed");
        } catch (JedisConnectionException failed) {
            return Optional.of(reason(failed));
        } catch (JedisException answered) {
            return Optional.of(String.valueOf(answered.getMessage()));
        }
    }

    private static String reason(Throwable failed) {
        if (failed instanceof ConnectException) {
            return "connection refused";
        } else if (failed instanceof SocketTimeoutException) {
            return "no reply in " + TIMEOUT_MILLIS + " ms";
        } else if (failed instanceof UnknownHostException) {
            return "unknown host";
        }
        // Jedis tries every address of a name, and keeps what happened at each as suppressed.
        Throwable[] tried = failed.getSuppressed();
        Throwable cause = tried.length > 0 ? tried[0] : failed.getCause();
        return cause == null ? String.valueOf(failed.getMessage()) : reason(cause);
    }
}

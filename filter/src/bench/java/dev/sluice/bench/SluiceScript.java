package dev.sluice.bench;

import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.testing.RedisServer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code token_bucket.lua} for one request to one bucket, without our store: what anybody could write in an afternoon. */
final class SluiceScript {

    static final String TEXT = read();

    private SluiceScript() {}

    /** ARGV for a cost of one token. */
    static List<String> arguments(Scene scene) {
        var bucket = scene.bucket();
        return List.of(
                "1", // kind of bucket
                Long.toString(bucket.capacity()),
                Long.toString(bucket.refillTokens()),
                Long.toString(bucket.refillPeriodMicros()),
                "1", // the kind of the key
                "1", // time
                "1", // charge
                "1", // the key
                "1", // token
                "1"); // enforced
    }

    static boolean admits(Object reply) {
        return reply instanceof List<?> numbers && Long.valueOf(1).equals(numbers.get(1));
    }

    /** @throws IllegalStateException if the script has come to want other arguments than these */
    static void check() {
        Scene scene = Scene.REJECTED;
        try (RedisServer redis = RedisServer.start();
                PooledScript script = new PooledScript(redis.port(), 1)) {
            script.prepare(scene, new String[0]);
            for (long token = scene.capacity(); token >= 0; token--) {
                if (script.admits("check") != token > 0) {
                    throw new IllegalStateException("token_bucket.lua is not asked as it wants to be");
                }
            }
        }
    }

    private static String read() {
        try (InputStream script = RedisBucketStore.class.getResourceAsStream("token_bucket.lua")) {
            if (script == null) {
                throw new IllegalStateException("token_bucket.lua is not where it was");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

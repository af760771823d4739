package dev.sluice.bench;

import dev.sluice.store.redis.RedisBucketStore;

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
                Long.toString(bucket.capacity()),
                Long.toString(bucket.refillTokens()),
                Long.toString(bucket.refillPeriodMicros()),
                "1",
                "1",
                "1",
                "1");
    }

    static boolean admits(Object reply) {
        return reply instanceof List<?> numbers && Long.valueOf(1).equals(numbers.get(1));
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

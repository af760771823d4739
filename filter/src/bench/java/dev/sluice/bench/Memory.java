package dev.sluice.bench;

import dev.sluice.testing.RedisServer;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/** What a bucket occupies in Redis, by {@code MEMORY USAGE} of all its keys. */
final class Memory {

    private Memory() {}

    /**
     * Bytes per bucket.
     *
     * @param first after one request
     * @param used after as many as the bucket holds
     */
    record Bytes(double first, double used) {}

    static Map<Limiter, Bytes> measure() throws Exception {
        Map<Limiter, Bytes> bytes = new EnumMap<>(Limiter.class);
        Scene scene = Scene.REJECTED;
        String[] clients = IntStream.rangeClosed(1, scene.buckets())
                .mapToObj(client -> "203.0.113." + client)
                .toArray(String[]::new);
        try (RedisServer redis = RedisServer.start()) {
            for (Limiter limiter : Limiter.values()) {
                redis.client().flushAll();
                try (Contender contender = limiter.open(redis.port(), 1)) {
                    contender.prepare(scene, clients);
                    ask(contender, clients, 1);
                    double first = bytesPerBucket(redis, clients.length);
                    ask(contender, clients, (int) scene.capacity() - 1);
                    bytes.put(limiter, new Bytes(first, bytesPerBucket(redis, clients.length)));
                }
            }
        }
        return bytes;
    }

    private static void ask(Contender contender, String[] clients, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            for (String client : clients) {
                contender.admits(client);
            }
        }
    }

    private static double bytesPerBucket(RedisServer redis, int buckets) {
        return Arrays.stream(redis.client().keys("*").toArray(String[]::new))
                        .mapToDouble(key -> redis.client().memoryUsage(key))
                        .sum()
                / buckets;
    }
}

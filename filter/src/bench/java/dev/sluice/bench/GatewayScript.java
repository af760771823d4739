package dev.sluice.bench;

import redis.clients.jedis.RedisClient;

import java.util.List;

/** What Spring Cloud Gateway's limiter asks of Redis, in a text of our own: TIME, GET, GET, SETEX, SETEX for every request. */
final class GatewayScript implements Contender {

    private static final String TEXT = """
            local rate, capacity, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
            local second = tonumber(redis.call('TIME')[1])
            local level = tonumber(redis.call('GET', KEYS[1]) or capacity)
            local since = tonumber(redis.call('GET', KEYS[2]) or second)
            level = math.min(capacity, level + math.max(0, second - since) * rate)
            local admitted = level >= cost
            if admitted then level = level - cost end
            local keep = math.floor(2 * capacity / rate)
            redis.call('SETEX', KEYS[1], keep, level)
            redis.call('SETEX', KEYS[2], keep, second)
            return { admitted and 1 or 0, level }
            """;

    private final RedisClient redis;
    private final String sha1;
    private List<String> arguments = List.of();

    GatewayScript(int redisPort, int threads) {
        redis = JedisPools.open(redisPort, threads);
        sha1 = redis.scriptLoad(TEXT);
    }

    @Override
    public void prepare(Scene scene, String[] clients) {
        arguments = List.of(Long.toString(scene.refillPerSecond()), Long.toString(scene.capacity()), "1");
    }

    @Override
    public boolean admits(String client) {
        String key = "request_rate_limiter.{" + client;
        Object reply = redis.evalsha(sha1, List.of(key + "}.tokens", key + "}.timestamp"), arguments);
        return reply instanceof List<?> numbers && Long.valueOf(1).equals(numbers.get(0));
    }

    @Override
    public void close() {
        redis.close();
    }
}

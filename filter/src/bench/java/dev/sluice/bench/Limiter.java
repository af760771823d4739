package dev.sluice.bench;

import java.util.Locale;

/** Who takes part. */
enum Limiter {
    SLUICE("Sluice", 0),
    POOLED("pooled EVALSHA of our script", 0),
    BUCKET4J("Bucket4j-Jedis", 0),
    BATCHING("Bucket4j-Jedis, batching", 0),
    GATEWAY("Spring Cloud Gateway's commands, pooled EVALSHA", 1),
    REDISSON("Redisson RRateLimiter", 0),
    LETTUCE("Lettuce, one connection, EVALSHA of our script", 0);

    private final String title;
    private final int clockSeconds;

    Limiter(String title, int clockSeconds) {
        this.title = title;
        this.clockSeconds = clockSeconds;
    }

    String title() {
        return title;
    }

    /** How far its clock can be off by its resolution. */
    int clockSeconds() {
        return clockSeconds;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Limiter of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** @param threads how many will ask at once */
    Contender open(int redisPort, int threads) {
        return switch (this) {
            case SLUICE -> new SluiceContender(redisPort);
            case POOLED -> new PooledScript(redisPort, threads);
            case BUCKET4J -> Bucket4jContender.plain(redisPort, threads);
            case BATCHING -> Bucket4jContender.batching(redisPort, threads);
            case GATEWAY -> new GatewayScript(redisPort, threads);
            case REDISSON -> new RedissonContender(redisPort, threads);
            case LETTUCE -> new LettuceScript(redisPort);
        };
    }
}

package dev.sluice.bench;

import dev.sluice.testing.Loopback;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/** Jedis as its users have it, with a connection for every thread. */
final class JedisPools {

    /** A machine that others use too may stand still for longer than the two seconds that are the default. */
    private static final int PATIENCE_MILLIS = 20_000;

    private JedisPools() {}

    static RedisClient open(int redisPort, int threads) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(threads);
        pool.setMaxIdle(threads);
        pool.setJmxEnabled(false);
        pool.setTestWhileIdle(false);
        return RedisClient.builder()
                .hostAndPort(Loopback.HOST, redisPort)
                .poolConfig(pool)
                .clientConfig(DefaultJedisClientConfig.builder()
                        .timeoutMillis(PATIENCE_MILLIS)
                        .build())
                .build();
    }
}

package dev.sluice.bench;

import dev.sluice.testing.Loopback;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/** Jedis as its users have it, with a connection for every thread. */
final class JedisPools {

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
                .build();
    }
}

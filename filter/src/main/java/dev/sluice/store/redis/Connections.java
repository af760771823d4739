package dev.sluice.store.redis;

import java.time.Duration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.UnifiedJedis;

/** Settings into a Jedis client: the place to choose one for Sentinel or Cluster. */
final class Connections {

    private static final int MOST_CONNECTIONS = 64;

    private Connections() {}

    /** A pool of connections that are made when needed, with every wait bounded by the deadline of a decision. */
    static UnifiedJedis to(RedisSettings settings) {
        int millis = (int) settings.deadline().toMillis();
        DefaultJedisClientConfig.Builder client = DefaultJedisClientConfig.builder()
                .clientName("sluice")
                .connectionTimeoutMillis(millis)
                .socketTimeoutMillis(millis)
                .database(settings.database());
        if (settings.tls()) {
            client.sslOptions(
                    SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        settings.username().ifPresent(client::user);
        settings.password().ifPresent(client::password);
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxIdle(MOST_CONNECTIONS);
        pool.setMaxWait(settings.deadline());
        pool.setJmxEnabled(false);
        // No evictor: its thread would keep the class loader of an application that is gone.
        pool.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
        pool.setTestWhileIdle(false);
        return RedisClient.builder()
                .hostAndPort(new HostAndPort(
                        settings.address().host(), settings.address().port()))
                .clientConfig(client.build())
                .poolConfig(pool)
                .build();
    }
}

package dev.sluice.bench;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.distributed.serialization.Mapper;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import redis.clients.jedis.RedisClient;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bucket4j, as its manual has it: a proxy for each request; or with batching, which needs one proxy per key that is kept. */
final class Bucket4jContender implements Contender {

    private final RedisClient redis;
    private final ProxyManager<String> proxies;
    private final boolean batching;
    private final Map<String, Bucket> kept = new ConcurrentHashMap<>();
    private BucketConfiguration configuration = configuration(Scene.MANY);

    private Bucket4jContender(int redisPort, int threads, boolean batching) {
        this.redis = JedisPools.open(redisPort, threads);
        this.batching = batching;
        this.proxies = Bucket4jJedis.casBasedBuilder(redis)
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10)))
                .keyMapper(Mapper.STRING)
                .build();
    }

    static Contender plain(int redisPort, int threads) {
        return new Bucket4jContender(redisPort, threads, false);
    }

    static Contender batching(int redisPort, int threads) {
        return new Bucket4jContender(redisPort, threads, true);
    }

    @Override
    public void prepare(Scene scene, String[] clients) {
        kept.clear();
        configuration = configuration(scene);
    }

    @Override
    public boolean admits(String client) {
        return bucket(client).tryConsume(1);
    }

    @Override
    public void close() {
        redis.close();
    }

    private Bucket bucket(String client) {
        if (!batching) {
            return proxies.builder().build(client, () -> configuration);
        }
        Bucket bucket = kept.get(client);
        return bucket != null
                ? bucket
                : kept.computeIfAbsent(
                        client,
                        key -> proxies.builder()
                                .withOptimization(Optimizations.batching())
                                .build(key, () -> configuration));
    }

    private static BucketConfiguration configuration(Scene scene) {
        return BucketConfiguration.builder()
                .addLimit(limit ->
                        limit.capacity(scene.capacity()).refillGreedy(scene.refillPerSecond(), Duration.ofSeconds(1)))
                .build();
    }
}

package dev.sluice.bench;

import dev.sluice.testing.Loopback;
import org.redisson.Redisson;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Redisson's limiter: a log of permits, not a bucket. Its rate is set once, and kept alive for as long as a bucket of ours. */
final class RedissonContender implements Contender {

    private final RedissonClient redisson;
    private Map<String, RRateLimiter> limiters = Map.of();

    RedissonContender(int redisPort) {
        Config config = new Config();
        config.useSingleServer().setAddress("redis://" + Loopback.HOST + ":" + redisPort);
        redisson = Redisson.create(config);
    }

    @Override
    public void prepare(Scene scene, String[] clients) {
        limiters = Arrays.stream(clients)
                .collect(Collectors.toMap(Function.identity(), client -> redisson.getRateLimiter("rate:" + client)));
        Duration window = scene.fillTime();
        CompletableFuture<?>[] rates = limiters.values().stream()
                .map(limiter -> limiter.trySetRateAsync(RateType.OVERALL, scene.capacity(), window, window)
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(rates).join();
    }

    @Override
    public boolean admits(String client) {
        RRateLimiter limiter = limiters.get(client);
        if (limiter == null) {
            throw new IllegalArgumentException("nobody knows " + client);
        }
        return limiter.tryAcquire();
    }

    @Override
    public void close() {
        redisson.shutdown();
    }
}

package dev.sluice.bench;

import dev.sluice.testing.Loopback;
import org.redisson.Redisson;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Redisson's limiter: a log of permits, not a bucket. Its rate is set once, and kept alive for as long as a bucket of ours. */
final class RedissonContender implements Contender {

    /** It has no patience with more when the rates are set. */
    private static final int AT_ONCE = 24;

    private final RedissonClient redisson;
    private Map<String, RRateLimiter> limiters = Map.of();

    RedissonContender(int redisPort, int threads) {
        Config config = new Config();
        config.useSingleServer()
                .setAddress("redis://" + Loopback.HOST + ":" + redisPort)
                .setConnectionMinimumIdleSize(Math.min(threads, AT_ONCE))
                .setConnectionPoolSize(Math.max(threads, AT_ONCE));
        redisson = Redisson.create(config);
    }

    @Override
    public void prepare(Scene scene, String[] clients) {
        limiters = Arrays.stream(clients)
                .collect(Collectors.toMap(Function.identity(), client -> redisson.getRateLimiter("rate:" + client)));
        Duration window = scene.fillTime();
        List<CompletableFuture<?>> underWay = new ArrayList<>(AT_ONCE);
        for (RRateLimiter limiter : limiters.values()) {
            underWay.add(limiter.trySetRateAsync(RateType.OVERALL, scene.capacity(), window, window)
                    .toCompletableFuture());
            if (underWay.size() == AT_ONCE) {
                underWay.forEach(CompletableFuture::join);
                underWay.clear();
            }
        }
        underWay.forEach(CompletableFuture::join);
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

package dev.sluice.bench;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.BucketStore;
import dev.sluice.store.Charge;
import dev.sluice.store.RememberedRejections;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.store.redis.RedisAddress;
import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.RedisSettings;
import dev.sluice.store.redis.TlsSettings;
import dev.sluice.store.redis.Topology;
import dev.sluice.testing.Loopback;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Our store, with what the filter puts around it. The deadline is long: a decision that took longer would fail the run. */
final class SluiceContender implements Contender {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final RedisBucketStore redis;
    private final BucketStore store;
    private TokenBucket bucket = Scene.MANY.bucket();

    SluiceContender(int redisPort) {
        redis = new RedisBucketStore(settings(redisPort));
        store = new RememberedRejections(redis);
    }

    static RedisSettings settings(int redisPort) {
        return new RedisSettings(
                new Topology.Standalone(new RedisAddress(Loopback.HOST, redisPort), 0),
                false,
                TlsSettings.USUAL,
                Optional.empty(),
                DEADLINE,
                10_000);
    }

    @Override
    public void prepare(Scene scene, String[] clients) {
        bucket = scene.bucket();
    }

    @Override
    public boolean admits(String client) throws StoreUnavailableException {
        Charge charge = new Charge(BucketKey.unnamed(client), bucket, 1, true);
        return store.tryConsume(List.of(charge)).get(0) instanceof Decision.Permitted;
    }

    @Override
    public void close() {
        redis.close();
    }
}

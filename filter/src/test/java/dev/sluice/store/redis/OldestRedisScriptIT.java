package dev.sluice.store.redis;

import dev.sluice.testing.OldestRedis;
import dev.sluice.testing.RedisServer;

/** On the oldest Redis that is supported, the script agrees with {@code TokenBucket} all the same. */
class OldestRedisScriptIT extends TokenBucketScriptIT {

    @Override
    RedisServer startServer() {
        return OldestRedis.start();
    }
}

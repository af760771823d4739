package dev.sluice.store.redis;

import dev.sluice.store.BucketStore;
import dev.sluice.store.BucketStoreContract;
import dev.sluice.testing.MinimalPermissions;
import dev.sluice.testing.OldestRedis;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** On the oldest Redis that is supported, with the least permissions, a store does all that it must. */
class OldestRedisContractIT extends BucketStoreContract {

    private static RedisServer server;
    private static RedisBucketStore store;

    @BeforeAll
    static void startRedis() {
        server = OldestRedis.start("user app on >secret resetkeys resetchannels -@all " + MinimalPermissions.atRedis());
        store = new RedisBucketStore(TestSettings.of(server, "app", "secret"));
    }

    @AfterAll
    static void stopRedis() {
        store.close();
        server.close();
    }

    @Override
    protected BucketStore store() {
        return store;
    }

    @Test
    void isWhatTheDocumentsSay() {
        assertThat(server.client().info("server")).contains("redis_version:6.2.");
    }
}

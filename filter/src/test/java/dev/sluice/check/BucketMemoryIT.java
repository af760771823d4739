package dev.sluice.check;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import dev.sluice.store.redis.RedisAddress;
import dev.sluice.store.redis.RedisInterview;
import dev.sluice.store.redis.RedisSettings;
import dev.sluice.store.redis.TlsSettings;
import dev.sluice.store.redis.Topology;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What a bucket costs Redis is what the table says. */
class BucketMemoryIT {

    private static final int BUCKETS = 20_000;

    @Test
    void isMeasured() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            RedisSettings settings = new RedisSettings(
                    new Topology.Standalone(new RedisAddress("127.0.0.1", server.port()), 0),
                    false,
                    TlsSettings.USUAL,
                    Optional.empty(),
                    Duration.ofSeconds(5),
                    1);
            TokenBucket bucket = new TokenBucket(200, 1, 60_000_000);
            long before = used(server);
            try (RedisInterview interview = RedisInterview.begin(settings)) {
                for (int i = 0; i < BUCKETS; i++) {
                    BucketKey key = BucketKey.of("api", "203.0." + i / 250 + "." + i % 250);
                    interview.decide(List.of(new Charge(key, bucket, 1, true)));
                }
            }
            double each = (double) (used(server) - before) / BUCKETS;
            assertThat(each)
                    .as("bytes")
                    .isCloseTo(BucketMemory.BYTES_PER_CLIENT, within(0.2 * BucketMemory.BYTES_PER_CLIENT));
        }
    }

    private static long used(RedisServer server) {
        return ServerInfo.of(List.of(server.client().info("memory"))).number("used_memory_dataset")
                + ServerInfo.of(List.of(server.client().info("memory"))).number("used_memory_overhead");
    }
}

package dev.sluice.config;

/** What stands behind {@code redis.address}. */
enum RedisMode {
    STANDALONE,
    CLUSTER,
    SENTINEL
}

package dev.sluice.bench;

import redis.clients.jedis.RedisClient;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** One EVALSHA of our script per request over a pool of connections. */
final class PooledScript implements Contender {

    private final RedisClient redis;
    private final byte[] sha1;
    private List<byte[]> arguments = List.of();

    PooledScript(int redisPort, int threads) {
        redis = JedisPools.open(redisPort, threads);
        sha1 = bytes(redis.scriptLoad(SluiceScript.TEXT));
    }

    @Override
    public void prepare(Scene scene, String[] clients) {
        arguments =
                SluiceScript.arguments(scene).stream().map(PooledScript::bytes).toList();
    }

    @Override
    public boolean admits(String client) {
        return SluiceScript.admits(redis.evalsha(sha1, List.of(bytes("rate_limit:" + client)), arguments));
    }

    @Override
    public void close() {
        redis.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

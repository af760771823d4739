package dev.sluice.bench;

import dev.sluice.testing.Loopback;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;

import java.util.List;

/** One EVALSHA of our script per request over one connection that all threads share; Lettuce pipelines it. */
final class LettuceScript implements Contender {

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final String sha1;
    private String[] arguments = {};

    LettuceScript(int redisPort) {
        client = RedisClient.create("redis://" + Loopback.HOST + ":" + redisPort);
        connection = client.connect();
        sha1 = connection.sync().scriptLoad(SluiceScript.TEXT);
    }

    @Override
    public void prepare(Scene scene, String[] clients) {
        arguments = SluiceScript.arguments(scene).toArray(String[]::new);
    }

    @Override
    public boolean admits(String client) {
        List<Object> reply = connection
                .sync()
                .evalsha(sha1, ScriptOutputType.MULTI, new String[] {"rate_limit:" + client}, arguments);
        return SluiceScript.admits(reply);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}

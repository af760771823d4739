package dev.sluice.runner;

import dev.sluice.testing.RedisCluster;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SentinelSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The jar before more than one server of Redis: both of its filters find what the environment names. */
class TopologyIT {

    /** Ten at each, and no more for as long as a test takes. */
    private static final Map<String, String> TEN = Map.of(
            "REFILL_RATE", "0.001",
            "LOGIN_LIMIT_POLICY_LOGIN_CAPACITY", "10",
            "LOGIN_LIMIT_POLICY_LOGIN_REFILL", "10/1d");

    private static final String API_KEY = "rate_limit:127.0.0.1";
    private static final String LOGIN_KEY = "rate_limit:login:{127.0.0.1}";

    @TempDir
    private Path folder;

    @Test
    void bothLimitsAreKeptInACluster() throws Exception {
        try (RedisCluster cluster = RedisCluster.start();
                RunningDemo demo = start(
                        Map.of("RATELIMIT_REDIS_MODE", "cluster", "REDIS_ADDRESS", addresses(cluster.servers())))) {
            assertLimits(demo);
            assertThat(cluster.get(API_KEY, "tokens")).isEqualTo("0");
            assertThat(cluster.get(LOGIN_KEY, "tokens")).isEqualTo("0");
        }
    }

    @Test
    void bothLimitsAreKeptAtTheMasterThatSentinelsName() throws Exception {
        try (SentinelSet set = SentinelSet.start();
                RunningDemo demo = start(Map.of(
                        "RATELIMIT_REDIS_MODE",
                        "sentinel",
                        "RATELIMIT_REDIS_MASTER",
                        SentinelSet.MASTER,
                        "REDIS_ADDRESS",
                        set.addresses()))) {
            assertLimits(demo);
            assertThat(set.master().client().hget(API_KEY, "tokens")).isEqualTo("0");
            assertThat(set.master().client().hget(LOGIN_KEY, "tokens")).isEqualTo("0");
        }
    }

    private RunningDemo start(Map<String, String> topology) throws Exception {
        Map<String, String> variables = new HashMap<>(TEN);
        variables.putAll(topology);
        return RunningDemo.start(folder, variables, "--port=0");
    }

    private static void assertLimits(RunningDemo demo) throws Exception {
        demo.awaitRunning();
        assertThat(demo.out()).hasSize(2).element(0).asString().startsWith("Redis is left to the filter");
        await().until(() -> isWithRedis(demo.get("/level")) && isWithRedis(demo.get("/login/level")));
        List<Integer> api = new ArrayList<>();
        List<Integer> logins = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            api.add(demo.get("/api").statusCode());
            logins.add(demo.post("/login").statusCode());
        }
        assertThat(api).containsExactly(200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 429);
        assertThat(logins).isEqualTo(api);
        assertThat(demo.children()).isEmpty();
    }

    private static boolean isWithRedis(HttpResponse<String> look) {
        return look.body().contains("\"degraded\":false");
    }

    private static String addresses(List<RedisServer> servers) {
        return servers.stream().map(RedisServer::address).collect(Collectors.joining(","));
    }
}

package dev.sluice.check;

import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SharedRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What would become of a request, from what Redis holds; nothing is taken and nothing written. */
@ExtendWith(SharedRedis.class)
class ExplainIT {

    private static final String[] POLICIES = {
        "trusted-proxies = 10.0.0.0/8",
        "exempt = 192.0.2.0/24",
        "policy.login.paths = /login",
        "policy.login.methods = POST",
        "policy.login.capacity = 5",
        "policy.login.refill = 5/1d",
        "policy.api.paths = /api/*",
        "policy.api.key = header:X-API-Key,ip",
        "policy.api.capacity = 200",
        "policy.api.refill = 100/1s"
    };

    @Test
    void aBucketThatNobodyHasUsed(RedisServer server) {
        Said said = explain(server, "POST", "/login", "--peer", "203.0.113.7");
        assertThat(said.exitCode()).isEqualTo(Main.GOOD);
        assertThat(said.out())
                .contains("bucket           rate_limit:login:{203.0.113.7}")
                .contains("holds            5 of 5 tokens: nothing is stored, so it is full")
                .contains("applies          no: it is for paths /api/*")
                .contains("now              would pass");
        assertThat(server.client().dbSize()).isZero();
    }

    @Test
    void whatIsLeftIsToldAndLeft(RedisServer server) {
        store(server, "rate_limit:login:{203.0.113.7}", 2);
        Map<String, String> before = server.client().hgetAll("rate_limit:login:{203.0.113.7}");
        String writes = writes(server);
        for (int i = 0; i < 3; i++) {
            assertThat(explain(server, "POST", "/login", "--peer", "203.0.113.7")
                            .out())
                    .contains("holds            2 of 5 tokens, the next in ")
                    .contains("costs            1: enough");
        }
        assertThat(server.client().hgetAll("rate_limit:login:{203.0.113.7}")).isEqualTo(before);
        assertThat(writes(server)).isEqualTo(writes);
    }

    @Test
    void anEmptyBucketWouldReject(RedisServer server) {
        store(server, "rate_limit:login:{203.0.113.7}", 0);
        assertThat(explain(server, "POST", "/login", "--peer", "203.0.113.7").out())
                .contains("holds            0 of 5 tokens, the next in ")
                .contains("costs            1: not enough, there will be in ")
                .contains("now              would be rejected");
    }

    @Test
    void theClientIsFoundBehindProxiesAndSecretsAreHashed(RedisServer server) {
        assertThat(explain(server, "POST", "/login", "--peer", "10.0.0.1", "--header", "X-Forwarded-For: 203.0.113.9")
                        .out())
                .contains("client           203.0.113.9")
                .contains("rate_limit:login:{203.0.113.9}");
        Said said = explain(server, "GET", "/api/items?page=2", "--header", "X-API-Key: hunter2");
        assertThat(said.out())
                .containsPattern("bucket           rate_limit:api:\\{[A-Za-z0-9_-]{22}}")
                .doesNotContain("hunter2");
    }

    @Test
    void nothingAppliesToSomeRequests(RedisServer server) {
        assertThat(explain(server, "GET", "/login").out())
                .contains("applies          no: it is for paths /login, methods POST")
                .contains("now              passes: no policy applies");
        assertThat(explain(server, "POST", "/login", "--peer", "192.0.2.1").out())
                .contains("passes: the client is exempt");
    }

    @Test
    void damagedAndForeignValuesAreTold(RedisServer server) {
        server.client().hset("rate_limit:login:{203.0.113.7}", Map.of("tokens", "many"));
        assertThat(explain(server, "POST", "/login", "--peer", "203.0.113.7").out())
                .contains("5 of 5 tokens: what is stored cannot be read, so it is full");
        server.client().set("rate_limit:login:{203.0.113.8}", "mine");
        Said said = explain(server, "POST", "/login", "--peer", "203.0.113.8");
        assertThat(said.out())
                .contains("holds            not known: Redis did not say")
                .contains("WRONGTYPE");
    }

    @Test
    void withoutRedisThePoliciesAndKeysAreToldAllTheSame() {
        List<String> lines = new ArrayList<>(List.of(POLICIES));
        lines.add("redis.address = 127.0.0.1:1");
        Said said = Said.explain(List.of("POST", "/login"), lines.toArray(String[]::new));
        assertThat(said.exitCode()).isEqualTo(Main.FAULTS);
        assertThat(said.out())
                .contains(
                        "rate_limit:login:{127.0.0.1}", "now              not known: Redis did not say", "SLUICE-202");
    }

    private static Said explain(RedisServer server, String... request) {
        List<String> lines = new ArrayList<>(List.of(POLICIES));
        lines.add("redis.address = " + server.address());
        return Said.explain(List.of(request), lines.toArray(String[]::new));
    }

    /** As the script writes it. */
    private static void store(RedisServer server, String key, long tokens) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()); // the clock of Redis on this machine
        server.client().hset(key, Map.of("tokens", "" + tokens, "last_refill", "" + now, "fraction", "0/17280000000"));
    }

    private static String writes(RedisServer server) {
        return server.client()
                .info("commandstats")
                .lines()
                .filter(line -> line.matches("cmdstat_(hset|pexpire|del|evalsha|eval|set).*"))
                .map(line -> line.replaceAll(",usec.*", ""))
                .sorted()
                .toList()
                .toString();
    }
}

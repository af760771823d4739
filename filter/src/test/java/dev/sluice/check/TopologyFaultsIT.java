package dev.sluice.check;

import dev.sluice.testing.MinimalPermissions;
import dev.sluice.testing.RedisCluster;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SentinelSet;
import dev.sluice.testing.SharedRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What is found where a cluster or sentinels are expected. */
@ExtendWith(SharedRedis.class)
class TopologyFaultsIT {

    @Test
    void aServerWhereAClusterIsExpected(RedisServer server) {
        Said.check("redis.address = " + server.address(), "redis.mode = cluster")
                .finds(Code.NO_CLUSTER, "cluster support disabled", "Unset redis.mode");
    }

    @Test
    void aClusterWithoutSlots() {
        try (RedisServer server = RedisServer.start("cluster-enabled yes")) {
            Said.check("redis.address = " + server.address(), "redis.mode = cluster")
                    .finds(Code.CLUSTER_DOWN, "0 of 16384 slots", "--cluster check");
        }
    }

    @Test
    void everyMasterOfAClusterIsExaminedByItself() {
        try (RedisCluster cluster = RedisCluster.start()) {
            RedisServer first = cluster.masterOf("rate_limit:203.0.113.7");
            Said said = Said.check("redis.address = " + first.address(), "redis.mode = cluster");
            said.findsNothing();
            assertThat(said.out().lines().filter(line -> line.startsWith("Redis at ")))
                    .hasSize(3)
                    .contains("Redis at " + first.address());
            assertThat(said.out().lines().filter(line -> line.contains("all as they should be")))
                    .hasSize(3);
            Said explained = Said.explain(
                    List.of("GET", "/", "--peer", "203.0.113.8"),
                    "redis.address = " + first.address(),
                    "redis.mode = cluster");
            assertThat(explained.out()).contains("10 of 10 tokens");
            assertThat(explained.exitCode()).isEqualTo(Main.GOOD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster|slots", "asking"})
    void aPermissionThatIsMissingInACluster(String command) {
        String permissions = MinimalPermissions.inCluster() + " -" + command;
        try (RedisCluster cluster = RedisCluster.start("user checker on >hunter2 -@all " + permissions)) {
            Said.check(
                            "redis.address = "
                                    + cluster.masterOf("rate_limit:203.0.113.7").address(),
                            "redis.mode = cluster",
                            "redis.username = checker",
                            "redis.password = hunter2")
                    .finds(Code.COMMAND_DENIED, "grant +" + command);
        }
    }

    @Test
    void aNodeThatIsGoneIsAWarning() {
        try (RedisCluster cluster = RedisCluster.start()) {
            RedisServer first = cluster.masterOf("rate_limit:203.0.113.7");
            String[] lines = {"redis.address = 127.0.0.1:1," + first.address(), "redis.mode = cluster"};
            Said.check(lines).finds(Code.SOME_UNREACHABLE, "127.0.0.1:1");
            Said explained = Said.explain(List.of("GET", "/"), lines);
            assertThat(explained.out()).contains("would pass");
            assertThat(explained.exitCode()).isEqualTo(Main.GOOD);
        }
    }

    @Test
    void aMasterThatTheSentinelDoesNotKnow(RedisServer master) {
        try (RedisServer sentinel = sentinelOf(master)) {
            Said.check("redis.address = " + sentinel.address(), "redis.mode = sentinel", "redis.master = nobody")
                    .finds(Code.NO_MASTER, "knows no master \"nobody\"", "SENTINEL MASTERS");
        }
    }

    @Test
    void aServerWhereSentinelsAreExpected(RedisServer server) {
        Said said =
                Said.check("redis.address = " + server.address(), "redis.mode = sentinel", "redis.master = mymaster");
        assertThat(said.exitCode()).as(said.out()).isEqualTo(Main.FAULTS);
        assertThat(said.out()).contains(Code.NO_MASTER.toString()).contains("is no sentinel");
    }

    @Test
    void aMasterBehindItsSentinelIsExamined(RedisServer master) {
        try (RedisServer sentinel = sentinelOf(master)) {
            Said said = Said.check(
                    "redis.address = " + sentinel.address(), "redis.mode = sentinel", "redis.master = mymaster");
            said.findsNothing();
            assertThat(said.out()).contains("Redis at " + master.address());
        }
    }

    static List<String> permissions() {
        return MinimalPermissions.commandsAtSentinels();
    }

    @ParameterizedTest
    @MethodSource("permissions")
    void aPermissionThatIsMissingAtASentinel(String command) {
        String permissions = MinimalPermissions.atSentinels() + " -" + command;
        try (RedisServer master = RedisServer.start();
                RedisServer sentinel = SentinelSet.sentinel(master, "user watcher on >hunter2 -@all " + permissions)) {
            Said.check(
                            "redis.address = " + sentinel.address(),
                            "redis.mode = sentinel",
                            "redis.master = " + SentinelSet.MASTER,
                            "redis.sentinel.username = watcher",
                            "redis.sentinel.password = hunter2")
                    .finds(Code.COMMAND_DENIED, "grant +" + command);
        }
    }

    @Test
    void theMasterSinceTheLastFailoverIsExaminedThoughASentinelNamesTheFormer() {
        try (SentinelSet set = SentinelSet.start();
                RedisServer laggard = set.laggard()) {
            set.failOver();
            Awaitility.await()
                    .ignoreExceptions() // a failover cuts the connections of whoever asks
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> SentinelSet.roleOf(set.replica()).equals("master"));
            String[] lines = {
                "redis.address = " + laggard.address() + "," + set.addresses(),
                "redis.mode = sentinel",
                "redis.master = " + SentinelSet.MASTER
            };
            Awaitility.await()
                    .until(() -> Said.check(lines)
                            .out()
                            .contains("Redis at " + set.replica().address()));
            assertThat(Said.check(lines).out())
                    .doesNotContain("Redis at " + set.master().address());
        }
    }

    @Test
    void aSentinelThatIsGoneIsAWarning(RedisServer master) {
        try (RedisServer sentinel = sentinelOf(master)) {
            Said.check(
                            "redis.address = 127.0.0.1:1," + sentinel.address(),
                            "redis.mode = sentinel",
                            "redis.master = mymaster")
                    .finds(Code.SOME_UNREACHABLE, "127.0.0.1:1");
        }
    }

    private static RedisServer sentinelOf(RedisServer master) {
        return RedisServer.start(List.of("sentinel monitor mymaster 127.0.0.1 " + master.port() + " 1"), "--sentinel");
    }
}

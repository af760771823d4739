package dev.sluice.check;

import dev.sluice.testing.Fault;
import dev.sluice.testing.FaultProxy;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SharedRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Deployment faults on real servers: each is found, alone, with a message that cures it. */
@ExtendWith(SharedRedis.class)
class PlantedFaultsIT {

    private static final String PERMISSIONS = "~rate_limit:* +evalsha +eval +time +hmget +hset +pexpire";

    @Test
    void nothingIsWrongWithAFreshRedis(RedisServer server) {
        Said said = Said.check("redis.address = " + server.address());
        said.findsNothing();
        assertThat(said.out())
                .contains("24 decisions on scratch keys, all as they should be")
                .contains("permissions      all that is needed");
        assertThat(server.client().dbSize()).isZero();
    }

    @Test
    void theMinimalPermissionsSufficeAndWhatCannotBeSeenIsSaid() {
        try (RedisServer server = asUser(PERMISSIONS)) {
            Said said = Said.check(app(server));
            said.finds(Code.NOT_SEEN, "the user may not run INFO", "grant +info");
            assertThat(said.out()).contains("all as they should be");
        }
        try (RedisServer server = asUser(PERMISSIONS + " +info")) {
            Said.check(app(server)).findsNothing();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evalsha", "eval", "time", "hmget", "hset", "pexpire"})
    void aPermissionThatIsMissing(String command) {
        try (RedisServer server = asUser(PERMISSIONS + " +info -" + command)) {
            Said.check(app(server))
                    .finds(Code.COMMAND_DENIED, "may not run " + command.toUpperCase(Locale.ROOT), "grant +" + command);
            assertThat(server.client().dbSize()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"~other:*", "%R~rate_limit:*", "~rate_limit:other:*"})
    void keysThatAreForbidden(String keys) {
        try (RedisServer server = asUser(PERMISSIONS.replace("~rate_limit:*", keys) + " +info")) {
            Said.check(
                            app(server),
                            "policy.login.capacity = 5",
                            "policy.login.refill = 5/1m",
                            "policy.login.paths = /login")
                    .finds(Code.KEYS_DENIED, "lacks a permission", "~rate_limit:*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {":secret@", "default:secret@"})
    void aPasswordThatNobodyAsksFor(String user, RedisServer server) {
        Said.check("redis.address = redis://" + user + server.address())
                .finds(Code.PASSWORD_IN_VAIN, "it answers whoever reaches it", "requirepass");
    }

    @Test
    void theDatabaseMayNotBeSelected() {
        try (RedisServer server = asUser(PERMISSIONS + " +info")) {
            Said.check("redis.address = redis://app:secret@" + server.address() + "/1")
                    .finds(Code.COMMAND_DENIED, "select", "+select");
        }
    }

    @Test
    void aPlainPortForTls(RedisServer server) {
        Said.check("redis.address = rediss://" + server.address())
                .finds(Code.PLAIN_PORT, "a plain Redis listens there", "redis://");
    }

    @Test
    void aPlainPortForTlsThatWantsAPassword() {
        try (RedisServer server = RedisServer.start("requirepass secret")) {
            Said.check("redis.address = rediss://:secret@" + server.address()).finds(Code.PLAIN_PORT);
        }
    }

    @Test
    void aPasswordThatIsWanted() {
        try (RedisServer server = RedisServer.start("requirepass secret")) {
            Said.check("redis.address = " + server.address())
                    .finds(Code.PASSWORD_NEEDED, "it wants a password: set redis.password");
        }
    }

    @Test
    void aPasswordThatIsWrong() {
        try (RedisServer server = asUser(PERMISSIONS)) {
            Said.check("redis.address = " + server.address(), "redis.username = app", "redis.password = wrong")
                    .finds(Code.WRONG_PASSWORD, "redis.username or redis.password is wrong");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allkeys-lru",
                "allkeys-lfu",
                "allkeys-random",
                "volatile-lru",
                "volatile-lfu",
                "volatile-random",
                "volatile-ttl"
            })
    void aRedisThatEvicts(String policy) {
        try (RedisServer server = RedisServer.start("maxmemory 100mb", "maxmemory-policy " + policy)) {
            Said.check("redis.address = " + server.address())
                    .finds(Code.EVICTS, "maxmemory-policy " + policy, "maxmemory-policy noeviction");
        }
    }

    @Test
    void aReplica() {
        try (RedisServer server = RedisServer.start("replicaof 127.0.0.1 1")) {
            Said.check("redis.address = " + server.address())
                    .finds(Code.REPLICA, "is a replica; its master is 127.0.0.1:1", "Set redis.address to the master");
        }
    }

    @Test
    void aReplicaThatTakesWrites() {
        try (RedisServer server = RedisServer.start("replicaof 127.0.0.1 1", "replica-read-only no")) {
            Said.check("redis.address = " + server.address()).finds(Code.REPLICA);
        }
    }

    @Test
    void aReplicaThatCannotBeAskedWhatItIs() {
        try (RedisServer server = asUser(PERMISSIONS, "replicaof 127.0.0.1 1")) {
            Said said = Said.check(app(server));
            assertThat(said.codes()).containsExactlyInAnyOrder(Code.REPLICA.toString(), Code.NOT_SEEN.toString());
            assertThat(said.exitCode()).isEqualTo(Main.FAULTS);
        }
    }

    @Test
    void nothingListens() {
        Said.check("redis.address = 127.0.0.1:" + Loopback.freePort())
                .finds(Code.NOTHING_LISTENS, "Connection refused", "Correct host and port in redis.address");
    }

    @Test
    void aHostThatNobodyKnows() {
        Said.check("redis.address = redis.invalid")
                .finds(Code.UNKNOWN_HOST, "unknown host redis.invalid", "Correct the host");
    }

    @Test
    void aPortThatIsSilent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, Loopback.address())) {
            Said.check("redis.address = 127.0.0.1:" + silent.getLocalPort())
                    .finds(Code.NO_REPLY, "no reply in time", "firewalls");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "220 mail ESMTP\r\n",
                "ERROR\r\n",
                "J\0\0\0\n8.0.36\0"
            })
    void aServerThatIsNotRedis(String greeting) throws IOException {
        try (Greeter greeter = new Greeter(greeting)) {
            Said.check("redis.address = 127.0.0.1:" + greeter.port())
                    .finds(Code.NOT_REDIS, "what listens at the address is not Redis", "Correct host and port");
            Said.check("redis.address = rediss://127.0.0.1:" + greeter.port()).finds(Code.NOT_REDIS);
        }
    }

    @Test
    void aNodeOfAClusterWhereAServerIsExpected() {
        try (RedisServer server = RedisServer.start("cluster-enabled yes")) {
            Said.check("redis.address = " + server.address())
                    .finds(Code.CLUSTER_NODE, "is a node of a cluster", "redis.mode = cluster");
        }
    }

    @Test
    void aSentinelWhereAServerIsExpected(RedisServer master) {
        try (RedisServer sentinel = sentinelOf(master)) {
            Said.check("redis.address = " + sentinel.address())
                    .finds(Code.SENTINEL, "is a sentinel", "redis.mode = sentinel");
        }
    }

    @Test
    void aVersionThatIsTooOld(RedisServer server) throws IOException {
        String version = server.client().info("server").replaceAll("(?s).*redis_version:([^\r]*).*", "$1");
        String old = "5" + version.substring(1);
        try (RewritingProxy proxy =
                new RewritingProxy(server.port(), "redis_version:" + version, "redis_version:" + old)) {
            String name = ServerInfo.of(server.client().info().lines().toList()).version();
            Said.check("redis.address = 127.0.0.1:" + proxy.port())
                    .finds(Code.TOO_OLD, "is " + name.replace(version, old) + ", expected ", "Use Redis 6.2 or newer");
        }
    }

    @Test
    void aDatabaseThatIsNotThere(RedisServer server) {
        Said.check("redis.address = redis://" + server.address() + "/16")
                .finds(Code.NO_SUCH_DATABASE, "DB index is out of range", "databases");
    }

    @Test
    void maxmemoryIsReached() {
        try (RedisServer server = RedisServer.start("maxmemory 1")) {
            Said said = Said.check("redis.address = " + server.address());
            assertThat(said.codes()).containsExactly(Code.OUT_OF_MEMORY.toString(), Code.MEMORY_SHORT.toString());
            assertThat(said.exitCode()).isEqualTo(Main.FAULTS);
            assertThat(said.out()).contains("maxmemory is reached");
        }
    }

    @Test
    void aRedisThatLoads() {
        try (RedisServer server = RedisServer.start(
                "enable-debug-command yes", "key-load-delay 2000", "loading-process-events-interval-bytes 1024")) {
            redis(server, "DEBUG", "POPULATE", "8000");
            Thread loading = inTheBackground(() -> redis(server, "DEBUG", "RELOAD"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> server.client().info("persistence").contains("loading:1"));
            Said.check("redis.address = " + server.address()).finds(Code.LOADING, "loading", "Wait until it has");
            server.kill();
            join(loading);
        }
    }

    @Test
    void aScriptThatRunsAndRuns() {
        try (RedisServer server = RedisServer.start("busy-reply-threshold 20")) {
            Thread endless = inTheBackground(() -> redis(server, "EVAL", "while true do end", "0"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> Said.check("redis.address = " + server.address())
                            .codes()
                            .contains(Code.BUSY.toString()));
            server.kill();
            join(endless);
        }
    }

    @Test
    void aCommandThatWasTakenAway() {
        try (RedisServer server = RedisServer.start("rename-command EVALSHA \"\"")) {
            Said.check("redis.address = " + server.address())
                    .finds(Code.COMMAND_UNKNOWN, "unknown command 'EVALSHA'", "rename-command");
        }
    }

    @Test
    void aCommandThatOnlyTheCheckNeedsAndThatWasTakenAway() {
        try (RedisServer server = RedisServer.start("rename-command INFO \"\"")) {
            Said said = Said.check("redis.address = " + server.address());
            said.finds(Code.NOT_SEEN, "INFO");
            assertThat(said.out()).contains("all as they should be");
        }
    }

    @Test
    void whatCannotBeRemovedIsNotWritten() {
        try (RedisServer server = RedisServer.start("rename-command PEXPIRE \"\"")) {
            Said.check("redis.address = " + server.address()).finds(Code.COMMAND_UNKNOWN, "PEXPIRE");
            assertThat(server.client().dbSize()).isZero();
        }
    }

    @Test
    void aRedisThatHangs() {
        try (RedisServer server = RedisServer.start()) {
            server.freeze();
            Said.check("redis.address = " + server.address()).finds(Code.NO_REPLY, "no reply in time");
            server.thaw();
        }
    }

    @Test
    void tooFewReplicas() {
        try (RedisServer server = RedisServer.start("min-replicas-to-write 1")) {
            Said.check("redis.address = " + server.address())
                    .finds(Code.TOO_FEW_REPLICAS, "too few replicas", "min-replicas-to-write 0");
        }
    }

    @Test
    void noMoreConnections() {
        try (RedisServer server = RedisServer.start("maxclients 1")) {
            server.client().ping(); // and keeps its connection
            Said.check("redis.address = " + server.address())
                    .finds(Code.MAXCLIENTS, "maxclients is reached", "Raise maxclients");
        }
    }

    @Test
    void aRedisThatIsFarAway(RedisServer server) throws IOException {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.fault(Fault.delay(Duration.ofMillis(60)));
            Said.check("redis.address = 127.0.0.1:" + proxy.port(), "redis.deadline = 50ms")
                    .finds(Code.SLOW, "redis.deadline is 50ms", "raise redis.deadline");
        }
    }

    @Test
    void aClockThatIsFarAway(RedisServer server) {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        Said.withFile(ahead, Map.of(), List.of("check"), "redis.address = " + server.address())
                .finds(Code.CLOCK_FAR, "behind this machine's", "NTP");
    }

    private static void redis(RedisServer server, String... words) {
        CommandArguments command = new CommandArguments(() -> words[0].getBytes(StandardCharsets.US_ASCII));
        Stream.of(words).skip(1).forEach(command::add);
        server.client().executeCommand(command);
    }

    private static RedisServer asUser(String permissions, String... lines) {
        String user = "user app on >secret resetkeys resetchannels -@all " + permissions;
        return RedisServer.start(
                Stream.concat(Stream.of(user), Stream.of(lines)).toArray(String[]::new));
    }

    private static String app(RedisServer server) {
        return "redis.address = redis://app:secret@" + server.address();
    }

    private static RedisServer sentinelOf(RedisServer master) {
        return RedisServer.start(List.of("sentinel monitor mymaster 127.0.0.1 " + master.port() + " 1"), "--sentinel");
    }

    private static Thread inTheBackground(Runnable task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException ended) {
                        // as it was meant to
                    }
                },
                "background");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

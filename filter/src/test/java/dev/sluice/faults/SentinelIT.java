package dev.sluice.faults;

import dev.sluice.key.BucketKey;
import dev.sluice.store.redis.Credentials;
import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.TestSettings;
import dev.sluice.testing.Fault;
import dev.sluice.testing.FaultProxy;
import dev.sluice.testing.MinimalPermissions;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SentinelSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The sentinels themselves are away, hang, or will not tell. */
class SentinelIT {

    private static final BucketKey KEY = BucketKey.unnamed("sentinel");

    @Test
    void sentinelsThatAreDownAtTheStartAreFoundLater() {
        try (RedisServer master = RedisServer.start();
                RedisServer sentinel = SentinelSet.sentinel(master);
                LogLines log = LogLines.capture()) {
            sentinel.kill();
            long before = System.nanoTime();
            try (RedisBucketStore store = store(List.of(sentinel), SentinelSet.MASTER, Optional.empty())) {
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
                assertThat(Load.call(store, KEY).isDecided()).isFalse();
                assertThat(log.containing("sentinel " + sentinel.address() + ": Connection refused"))
                        .hasSize(1);
                sentinel.restart();
                Scene.await(() -> Load.call(store, KEY).isDecided());
            }
            assertThat(threadsFor(sentinel.address())).isEmpty();
        }
    }

    @Test
    void aSentinelThatHangsIsPassedOver() {
        try (RedisServer master = RedisServer.start();
                RedisServer hanging = SentinelSet.sentinel(master);
                RedisServer sentinel = SentinelSet.sentinel(master)) {
            hanging.freeze();
            try (RedisBucketStore store = store(List.of(hanging, sentinel), SentinelSet.MASTER, Optional.empty())) {
                Scene.await(() -> Load.call(store, KEY).isDecided());
                master.shutdown();
                master.restart();
                Scene.await(() -> Load.call(store, KEY).isDecided());
            }
        }
    }

    /** New lines are needed, and no sentinel is there to say where to: where it was is the best guess. */
    @Test
    void theMasterIsLookedForWhereItWasIfNoSentinelAnswers() {
        try (RedisServer master = RedisServer.start();
                RedisServer sentinel = SentinelSet.sentinel(master);
                RedisBucketStore store = store(List.of(sentinel), SentinelSet.MASTER, Optional.empty())) {
            Scene.await(() -> Load.call(store, KEY).isDecided());
            sentinel.kill();
            master.shutdown();
            master.restart();
            Scene.await(() -> Load.call(store, KEY).isDecided());
        }
    }

    @Test
    void whatASentinelRefusesIsSaidInTermsOfItsOwnOptions() {
        try (RedisServer master = RedisServer.start();
                RedisServer open = SentinelSet.sentinel(master);
                RedisServer closed = SentinelSet.sentinel(master, "requirepass hunter2")) {
            assertRefused(List.of(closed), SentinelSet.MASTER, Optional.empty(), "set redis.sentinel.password");
            assertRefused(
                    List.of(closed),
                    SentinelSet.MASTER,
                    Optional.of(new Credentials(Optional.empty(), "hunter3")),
                    "redis.sentinel.username or redis.sentinel.password is wrong");
            assertRefused(List.of(open), "nobody", Optional.empty(), "it knows no master nobody: see redis.master");
            assertRefused(List.of(master), SentinelSet.MASTER, Optional.empty(), "it is no sentinel");
            try (RedisBucketStore store = store(
                    List.of(closed), SentinelSet.MASTER, Optional.of(new Credentials(Optional.empty(), "hunter2")))) {
                Scene.await(() -> Load.call(store, KEY).isDecided());
            }
        }
    }

    @Test
    void aWrongPasswordIsSaidThoughTheSentinelAskedLastIsGone() {
        try (RedisServer master = RedisServer.start();
                RedisServer closed = SentinelSet.sentinel(master, "requirepass hunter2");
                RedisServer gone = SentinelSet.sentinel(master)) {
            gone.shutdown();
            assertRefused(List.of(closed, gone), SentinelSet.MASTER, Optional.empty(), "set redis.sentinel.password");
        }
    }

    static List<String> permissions() {
        return MinimalPermissions.commandsAtSentinels();
    }

    @ParameterizedTest
    @MethodSource("permissions")
    void aPermissionThatIsMissingIsNamed(String command) {
        String permissions = MinimalPermissions.atSentinels() + " -" + command;
        try (RedisServer master = RedisServer.start();
                RedisServer sentinel = SentinelSet.sentinel(master, "user watcher on >hunter2 -@all " + permissions)) {
            assertRefused(
                    List.of(sentinel),
                    SentinelSet.MASTER,
                    Optional.of(new Credentials(Optional.of("watcher"), "hunter2")),
                    "grant +" + command);
        }
    }

    /** Packets to all sentinels vanish, on connections that are open and on new ones, and meanwhile the master changes. */
    @Test
    void aFailoverBehindAPartitionIsFollowedAsSoonAsThatIsOver() {
        try (Calm calm = new Calm();
                LogLines log = LogLines.capture();
                SentinelSet set = SentinelSet.start();
                FaultProxy first = FaultProxy.to(set.sentinels().get(0));
                FaultProxy second = FaultProxy.to(set.sentinels().get(1));
                FaultProxy third = FaultProxy.to(set.sentinels().get(2))) {
            List<FaultProxy> proxies = List.of(first, second, third);
            try (RedisBucketStore store = new RedisBucketStore(TestSettings.through(proxies, Scene.DEADLINE))) {
                Scene.await(() -> Load.call(store, KEY).isDecided());
                proxies.forEach(proxy -> {
                    proxy.fault(Fault.halfOpen());
                    proxy.hangConnects();
                });
                set.failOver();
                Awaitility.await()
                        .ignoreExceptions() // a failover cuts the connections of whoever asks
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> SentinelSet.roleOf(set.master()).equals("slave"));
                Scene.await(() -> Load.call(store, KEY).outcome().equals("Redis is known to be unavailable"));
                assertThat(log.containing("no longer")).isEmpty();

                proxies.forEach(FaultProxy::heal);
                long healed = System.nanoTime();
                Scene.await(() -> Load.call(store, KEY).isDecided());
                Duration recovery = Duration.ofNanos(System.nanoTime() - healed);
                System.out.println("MEASURED partition from the sentinels, followed after: " + Scene.millis(recovery));
                assertThat(recovery)
                        .isLessThan(calm.isCalm() ? calm.allow(Scene.RECOVERY) : Scene.RECOVERY.multipliedBy(3));
            }
            assertThat(threadsFor(first.address())).isEmpty();
        }
    }

    private static void assertRefused(
            List<RedisServer> sentinels, String master, Optional<Credentials> credentials, String why) {
        try (LogLines log = LogLines.capture();
                RedisBucketStore store = store(sentinels, master, credentials)) {
            assertThat(Load.call(store, KEY).isDecided()).isFalse();
            assertThat(log.containing(why)).as(why).hasSize(1).allMatch(line -> line.startsWith("SEVERE"));
            assertThat(log.containing("hunter")).isEmpty();
        }
    }

    private static RedisBucketStore store(
            List<RedisServer> sentinels, String master, Optional<Credentials> credentials) {
        return new RedisBucketStore(TestSettings.behind(sentinels, master, credentials, Scene.DEADLINE));
    }

    private static List<String> threadsFor(String sentinel) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sluice-") && name.contains(sentinel))
                .toList();
    }
}

package dev.sluice.faults;

import dev.sluice.key.BucketKey;
import dev.sluice.store.redis.Credentials;
import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.TestSettings;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SentinelSet;
import org.junit.jupiter.api.Test;

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
            assertThat(threadsFor(sentinel)).isEmpty();
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

    private static List<String> threadsFor(RedisServer sentinel) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sluice-") && name.contains(sentinel.address()))
                .toList();
    }
}

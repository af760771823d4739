package dev.sluice.faults;

import dev.sluice.key.BucketKey;
import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.TestSettings;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SentinelSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sentinels are not of one mind about which server is the master: one has not heard of the failover, and the former
 * master, which has not heard of it either, still takes writes.
 */
class DisagreeingSentinelsIT {

    private static final BucketKey KEY = BucketKey.unnamed("disagreeing");

    /** So it is as well when a master hung, and wakes after the failover. */
    @Test
    void aSentinelThatLagsLeadsNobodyToTheFormerMaster() {
        try (SentinelSet set = SentinelSet.start();
                RedisServer laggard = set.laggard();
                RedisBucketStore store =
                        behind(set.sentinels().get(0), set.sentinels().get(1), laggard)) {
            assertThat(isDecidedBy(set.master(), store)).isTrue();
            set.isolate();
            awaitDecision(set.replica(), store);
            assertThat(SentinelSet.roleOf(set.master())).isEqualTo("master");
            try (RedisBucketStore another =
                    behind(laggard, set.sentinels().get(0), set.sentinels().get(1))) {
                assertThat(isDecidedBy(set.replica(), another)).isTrue();
            }

            set.sentinels().forEach(RedisServer::freeze); // the laggard alone is left to ask
            long connections = connectionsOf(laggard);
            Scene.await(() -> connectionsOf(laggard) >= connections + 2);
            assertThat(isDecidedBy(set.replica(), store)).isTrue();
        }
    }

    @Test
    void aFailoverIsFollowedThoughTheSentinelThatIsAskedFirstLags() {
        try (SentinelSet set = SentinelSet.start();
                RedisServer laggard = set.laggard();
                Calm calm = new Calm();
                RedisBucketStore store =
                        behind(laggard, set.sentinels().get(0), set.sentinels().get(1))) {
            assertThat(isDecidedBy(set.master(), store)).isTrue();
            set.failOver();
            long before = System.nanoTime();
            awaitDecision(set.replica(), store);
            Duration followed = Duration.ofNanos(System.nanoTime() - before);
            System.out.println("MEASURED failover past a sentinel that lags: " + Scene.millis(followed));
            assertThat(followed)
                    .isLessThan(calm.isCalm() ? calm.allow(FailoverIT.FOLLOWED) : FailoverIT.FOLLOWED.multipliedBy(3));
        }
    }

    /** A server that sees the laggard only goes on with the former master: no limit is promised for that time. */
    @Test
    void whileThereAreTwoMastersEachEnforcesTheLimitAndAfterwardsOneDoes() {
        try (SentinelSet set = SentinelSet.start();
                RedisServer laggard = set.laggard();
                RedisBucketStore cutOff = behind(laggard);
                RedisBucketStore store = new RedisBucketStore(TestSettings.of(set, Scene.DEADLINE));
                Asking askingCutOff = new Asking(cutOff, List.of());
                Asking asking = new Asking(store, List.of())) {
            Scene.await(() -> Load.call(cutOff, KEY).isDecided());
            long began = System.nanoTime();
            askingCutOff.begin();
            asking.begin();
            set.isolate();
            Awaitility.await().ignoreExceptions().atMost(Duration.ofSeconds(60)).until(() -> {
                return scriptsOf(set.replica()) > 100;
            });
            long scripts = scriptsOf(set.master());
            Awaitility.await().until(() -> scriptsOf(set.master()) > scripts + 500);
            double split = limit(began);
            long admitted = askingCutOff.admitted.get() + asking.admitted.get();
            System.out.printf("MEASURED split brain: admitted %d, C + r*T is %.0f%n", admitted, split);
            assertThat((double) admitted).isLessThanOrEqualTo(2 * split);

            set.endIsolation();
            set.admitLaggard();
            Awaitility.await().ignoreExceptions().atMost(Duration.ofSeconds(60)).until(() -> {
                return SentinelSet.roleOf(set.master()).equals("slave")
                        && Load.call(cutOff, KEY).isDecided();
            });
            long healed = System.nanoTime();
            long admittedBefore = askingCutOff.admitted.get() + asking.admitted.get();
            Scene.pause(Duration.ofSeconds(3));
            long admittedSince = askingCutOff.admitted.get() + asking.admitted.get() - admittedBefore;
            System.out.printf(
                    "MEASURED split brain, healed: admitted %d, C + r*T is %.0f%n", admittedSince, limit(healed));
            assertThat((double) admittedSince).isLessThanOrEqualTo(limit(healed));
            askingCutOff.end();
            asking.end();
        }
    }

    private static double limit(long sinceNanos) {
        return Asking.CAPACITY + Asking.PER_SECOND * (System.nanoTime() - sinceNanos) / 1e9;
    }

    /** They count from 0 again, and the filter knows of a failover. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sentinelsThatWereSetUpAnewAreBelievedAfterAWhile(boolean formerMasterGoesOn) {
        try (SentinelSet set = SentinelSet.start();
                RedisServer other = RedisServer.start();
                RedisBucketStore store = new RedisBucketStore(TestSettings.of(set, Scene.DEADLINE))) {
            set.failOver();
            awaitDecision(set.replica(), store);
            set.monitorAnew(other);
            if (!formerMasterGoesOn) {
                set.replica().kill();
            }
            long before = System.nanoTime();
            awaitDecision(other, store);
            Duration believed = Duration.ofNanos(System.nanoTime() - before);
            System.out.println("MEASURED sentinels set up anew, believed after: " + Scene.millis(believed));
            assertThat(believed).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(20));
        }
    }

    private static RedisBucketStore behind(RedisServer... sentinels) {
        return new RedisBucketStore(
                TestSettings.behind(List.of(sentinels), SentinelSet.MASTER, Optional.empty(), Scene.DEADLINE));
    }

    private static void awaitDecision(RedisServer server, RedisBucketStore store) {
        Awaitility.await()
                .ignoreExceptions() // a failover cuts the connections of whoever asks
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(60))
                .until(() -> isDecidedBy(server, store));
    }

    /** One request; whether the server has run the script for it. */
    private static boolean isDecidedBy(RedisServer server, RedisBucketStore store) {
        long before = scriptsOf(server);
        return Load.call(store, KEY).isDecided() && scriptsOf(server) > before;
    }

    private static long scriptsOf(RedisServer server) {
        return figure(server, "commandstats", "cmdstat_evalsha:calls=(\\d+)");
    }

    private static long connectionsOf(RedisServer server) {
        return figure(server, "stats", "total_connections_received:(\\d+)");
    }

    private static long figure(RedisServer server, String section, String pattern) {
        Matcher figure = Pattern.compile(pattern).matcher(server.client().info(section));
        return figure.find() ? Long.parseLong(figure.group(1)) : 0;
    }
}

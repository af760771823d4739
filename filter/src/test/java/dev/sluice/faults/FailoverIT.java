package dev.sluice.faults;

import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.TestSettings;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SentinelSet;
import dev.sluice.testing.WebApp;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The master changes: by {@code kill -9}, by order, or because it hangs. {@code -Dfailovers=7} does each seven times. */
class FailoverIT {

    static final Duration FOLLOWED = Duration.ofSeconds(5);

    private enum Cause {
        KILLED,
        ORDERED,
        FROZEN;

        void befall(SentinelSet set) {
            switch (this) {
                case KILLED -> set.master().kill();
                case ORDERED -> set.failOver();
                case FROZEN -> set.master().freeze();
            }
        }

        void comeBack(SentinelSet set) {
            switch (this) {
                case KILLED -> set.master().restart();
                case ORDERED -> {}
                case FROZEN -> set.master().thaw();
            }
        }
    }

    static Stream<Cause> causes() {
        return IntStream.range(0, Integer.getInteger("failovers", 1))
                .boxed()
                .flatMap(round -> Stream.of(Cause.values()));
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(200);
        }
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theNewMasterEnforcesWithinFiveSecondsAndTheOldOneIsLeftAlone(Cause cause) throws Exception {
        try (SentinelSet set = SentinelSet.start();
                Calm calm = new Calm();
                WebApp local = app(set, "local");
                WebApp permit = app(set, "permit");
                RedisBucketStore store = new RedisBucketStore(TestSettings.of(set, Scene.DEADLINE));
                Asking asking = new Asking(store, List.of(local, permit))) {
            asking.begin();
            Scene.pause(Duration.ofSeconds(1));
            assertThat(asking.decided.get()).isPositive();
            long before = System.nanoTime();
            cause.befall(set);
            Awaitility.await()
                    .ignoreExceptions() // a failover cuts the connections of whoever asks
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        return SentinelSet.roleOf(set.replica()).equals("master") && hasDecided(set.replica());
                    });
            Duration followed = Duration.ofNanos(System.nanoTime() - before);

            cause.comeBack(set);
            Awaitility.await()
                    .ignoreExceptions()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> SentinelSet.roleOf(set.master()).equals("slave"));
            if (cause == Cause.KILLED) { // since then it has not been asked once
                assertThat(hasDecided(set.master())).isFalse();
            }
            Awaitility.await().ignoreExceptions().atMost(Duration.ofSeconds(60)).until(() -> {
                set.master().client().executeCommand(new CommandArguments(Protocol.Command.CONFIG).add("RESETSTAT"));
                Scene.pause(Duration.ofSeconds(1));
                return !hasDecided(set.master());
            });
            long decidedBefore = asking.decided.get();
            Scene.pause(Duration.ofSeconds(2));
            assertThat(hasDecided(set.master())).as("the replica was asked").isFalse();
            assertThat(asking.decided.get()).isGreaterThan(decidedBefore);

            asking.end();
            double seconds = asking.lasted().toNanos() / 1e9;
            double limit = Asking.CAPACITY + Asking.PER_SECOND * seconds;
            System.out.printf(
                    "MEASURED failover %s: followed after %s, admitted %d in %.1f s, C + r*T is %.0f (held back %s)%n",
                    cause,
                    Scene.millis(followed),
                    asking.admitted.get(),
                    seconds,
                    limit,
                    Scene.millis(calm.heldBack()));
            assertThat((double) asking.admitted.get()).isLessThanOrEqualTo(limit + Asking.CAPACITY);
            assertThat(asking.statuses).isNotEmpty().allMatch(status -> status == 200 || status == 429);
            assertThat(followed).isLessThan(calm.isCalm() ? calm.allow(FOLLOWED) : FOLLOWED.multipliedBy(3));
        }
    }

    private static boolean hasDecided(RedisServer server) {
        return server.client().info("commandstats").contains("cmdstat_evalsha");
    }

    private static WebApp app(SentinelSet set, String onFailure) throws Exception {
        return new WebApp()
                .param("redis.address", set.addresses())
                .param("redis.mode", "sentinel")
                .param("redis.master", SentinelSet.MASTER)
                .param("bucket.capacity", "20")
                .param("refill.rate", "10")
                .param("on-failure", onFailure)
                .servlet("/*", new Hello())
                .start();
    }
}

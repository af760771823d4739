package dev.sluice.faults;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.TestSettings;
import dev.sluice.testing.HttpReply;
import dev.sluice.testing.RedisCluster;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.WebApp;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Nodes of a cluster die, freeze and come back. The system property {@code failovers} asks for more of them. */
class ClusterFaultsIT {

    private static final int FAILOVERS = Integer.getInteger("failovers", 2);
    /** The first master holds the slots below, the third those above twice as many. */
    private static final int THIRD = 16_384 / 3;

    private static final Duration ENFORCED_AGAIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TokenBucket BUCKET = TokenBucket.of(100, 50, Duration.ofSeconds(1));

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("hello");
        }
    }

    /** One bucket, asked for by as many as there is time for; what the store has admitted, and when it decided last. */
    private static final class Saturation implements AutoCloseable {
        private final AtomicLong admitted = new AtomicLong();
        private final List<Thread> threads = new ArrayList<>();
        private final long beganNanos = System.nanoTime();
        private volatile long decidedNanos;
        private volatile boolean over;

        Saturation(RedisBucketStore store, Charge charge) {
            for (int i = 0; i < 4; i++) {
                Thread thread = new Thread(() -> ask(store, charge));
                threads.add(thread);
                thread.start();
            }
        }

        private void ask(RedisBucketStore store, Charge charge) {
            while (!over) {
                try {
                    boolean passes = store.tryConsume(List.of(charge)).get(0) instanceof Decision.Permitted;
                    admitted.addAndGet(passes ? 1 : 0);
                    decidedNanos = System.nanoTime();
                } catch (StoreUnavailableException known) {
                    // the failure mode of a policy would answer now
                }
                Scene.pause(Duration.ofMillis(2));
            }
        }

        boolean hasDecidedSince(long nanos) {
            return decidedNanos - nanos > 0;
        }

        /** How many were admitted beyond a capacity and what came back in that time. */
        double beyond(TokenBucket bucket) {
            close();
            double seconds = (System.nanoTime() - beganNanos) / 1e9;
            return admitted.get()
                    - bucket.capacity()
                    - seconds * bucket.refillTokens() * 1e6 / bucket.refillPeriodMicros();
        }

        @Override
        public void close() {
            over = true;
            threads.forEach(thread -> Scene.join(thread, 10_000));
        }
    }

    @Test
    void aMasterThatDiesIsFollowedByItsReplicaAndNoMoreIsAdmittedThanOneCapacity() {
        try (RedisCluster cluster = RedisCluster.start();
                Calm calm = new Calm();
                RedisBucketStore store = new RedisBucketStore(TestSettings.of(cluster, Scene.DEADLINE))) {
            Duration worst = Duration.ZERO;
            for (int i = 0; i < FAILOVERS; i++) {
                BucketKey key = BucketKey.unnamed("failover-" + i);
                RedisServer master = cluster.masterOf(key.text());
                try (Saturation saturation = new Saturation(store, new Charge(key, BUCKET, 1, true))) {
                    Scene.pause(Duration.ofMillis(1_000));
                    master.kill();
                    long killed = System.nanoTime();
                    Scene.pause(Duration.ofMillis(300)); // no reply of the dead one is on its way any more
                    long asked = System.nanoTime();
                    await(() -> saturation.hasDecidedSince(asked));
                    Duration failover = Duration.ofNanos(System.nanoTime() - killed);
                    worst = failover.compareTo(worst) > 0 ? failover : worst;
                    Scene.pause(Duration.ofMillis(500));
                    double beyond = saturation.beyond(BUCKET);
                    System.out.printf(
                            "MEASURED failover of a cluster: enforced again after %s, %.0f admitted beyond (held back %s)%n",
                            Scene.millis(failover), beyond, Scene.millis(calm.heldBack()));
                    assertThat(beyond).isLessThanOrEqualTo(BUCKET.capacity());
                }
                master.restart();
                await(() -> !RedisCluster.isMaster(master));
                cluster.awaitWell();
                cluster.awaitReplicas();
            }
            System.out.println("MEASURED worst of " + FAILOVERS + " failovers: " + Scene.millis(worst));
            if (calm.isCalm()) {
                assertThat(worst).isLessThanOrEqualTo(calm.allow(ENFORCED_AGAIN));
            }
        }
    }

    @Test
    void theOutageOfAMasterIsOverInTheLogWhenItsReplicaHasTakenOver() {
        try (RedisCluster cluster = RedisCluster.start();
                LogLines log = LogLines.capture();
                RedisBucketStore store = new RedisBucketStore(TestSettings.of(cluster, Scene.DEADLINE))) {
            RedisServer master = cluster.masterOf(Scene.KEY.text());
            master.kill();
            await(() -> Load.call(store, Scene.KEY).isDecided()
                    && linesOf(master, log).size() == 2);
            master.restart();
            await(() -> !RedisCluster.isMaster(master));
            Awaitility.await()
                    .during(ENFORCED_AGAIN)
                    .untilAsserted(() -> assertThat(linesOf(master, log))
                            .satisfiesExactly(
                                    line -> assertThat(line)
                                            .startsWith("WARNING")
                                            .contains(" unavailable ("),
                                    line -> assertThat(line).startsWith("INFO").contains(" is replaced after ")));
        }
    }

    private static List<String> linesOf(RedisServer server, LogLines log) {
        return log.containing("Redis at " + server.address() + " ");
    }

    @Test
    void nobodyIsAnsweredAnErrorWhileAMasterFailsOver() throws Exception {
        try (RedisCluster cluster = RedisCluster.start();
                WebApp permit = app(cluster, "permit");
                WebApp local = app(cluster, "local")) {
            cluster.masterOf("rate_limit:127.0.0.1").kill();
            long killed = System.nanoTime();
            List<Integer> statuses = new ArrayList<>();
            boolean enforcedAgain = false;
            while (!enforcedAgain) {
                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(PATIENCE);
                HttpReply reply = permit.get("/");
                statuses.add(reply.status());
                statuses.add(local.get("/").status());
                enforcedAgain = reply.field("RateLimit").isPresent();
            }
            System.out.println("MEASURED failover of a cluster over HTTP: "
                    + Scene.millis(Duration.ofNanos(System.nanoTime() - killed)));
            assertThat(statuses).allMatch(status -> status == 200 || status == 429);
        }
    }

    @Test
    void aFrozenMasterConcernsNobodyButThoseWhoseBucketsItHolds() {
        try (RedisCluster cluster = RedisCluster.start("cluster-require-full-coverage no");
                Calm calm = new Calm();
                LogLines log = LogLines.capture();
                RedisBucketStore store = new RedisBucketStore(TestSettings.of(cluster, Scene.DEADLINE))) {
            RedisServer frozen = cluster.masterOf(0);
            List<BucketKey> concerned = keys(10, slot -> slot < THIRD);
            List<BucketKey> others = keys(20, slot -> slot > THIRD);
            try (Load suffering = Load.on(store, concerned, Duration.ofMillis(40));
                    Load well = Load.on(store, others, Duration.ofMillis(40)).during(Duration.ofSeconds(1))) {
                frozen.freeze();
                long since = System.nanoTime();
                BucketKey first = concerned.get(0);
                well.during(Duration.ofMillis(600));
                assertThat(store.openBreakers()).isEqualTo(1);
                await(() -> Load.call(store, first).isDecided());
                Duration promoted = Duration.ofNanos(System.nanoTime() - since);
                frozen.thaw();
                cluster.awaitWell();
                well.during(Duration.ofSeconds(3));
                long quiet = System.nanoTime();
                long evaluated = evaluations(frozen);
                well.during(Duration.ofSeconds(1));
                Calls sufferers = suffering.end();
                Calls spared = well.end();
                System.out.println("MEASURED frozen master, its share: " + sufferers + "; the others: " + spared
                        + "; enforced again after " + Scene.millis(promoted) + " (held back "
                        + Scene.millis(calm.heldBack()) + ")");
                assertThat(evaluations(frozen)).as("calls to a former master").isEqualTo(evaluated);
                assertThat(sufferers.between(quiet, System.nanoTime()).unavailable())
                        .isZero();
                assertThat(log.containing(" unavailable (").stream()
                                .filter(line -> line.contains(frozen.address()))
                                .count())
                        .isEqualTo(1);
                if (calm.isCalm()) {
                    assertThat(sufferers.worst()).isLessThan(calm.allow(Duration.ofMillis(250)));
                    assertThat(spared.worst()).isLessThan(calm.allow(Duration.ofMillis(250)));
                    assertThat(promoted).isLessThan(calm.allow(Duration.ofSeconds(6)));
                    assertThat(spared.unavailable()).isZero();
                }
            }
        }
    }

    /** The first is asked before the last, so that the first has paid when the last does not answer. */
    @Test
    void aRequestThatMeetsAFrozenMasterIsGivenBackWhatItPaidElsewhereAndDecidedThere() throws Exception {
        try (RedisCluster cluster =
                        RedisCluster.start("cluster-require-full-coverage no", "cluster-node-timeout 30000");
                RedisBucketStore store = new RedisBucketStore(TestSettings.of(cluster, Scene.DEADLINE))) {
            TokenBucket nine = TokenBucket.of(9, 1, Duration.ofDays(1));
            Charge held = new Charge(keys(1, slot -> slot < THIRD).get(0), nine, 1, true);
            Charge lost = new Charge(keys(1, slot -> slot > 2 * THIRD).get(0), nine, 1, true);
            RedisServer frozen = cluster.masterOf(lost.key().text());
            store.tryConsume(List.of(held, lost));
            frozen.freeze();
            assertConcernsOnlyTheSecond(store, held, lost);
            await(() -> store.tryConsume(List.of(new Charge(held.key(), nine, 0, true)))
                            .get(0)
                            .remaining()
                    == 8);
            await(() -> {
                Load.call(store, lost.key());
                return store.openBreakers() == 1;
            });
            assertConcernsOnlyTheSecond(store, held, lost); // now without asking anybody
            assertThat(store.tryConsume(List.of(held)))
                    .extracting(Decision::remaining)
                    .containsExactly(7L);
        }
    }

    private static void assertConcernsOnlyTheSecond(RedisBucketStore store, Charge held, Charge lost) {
        assertThatThrownBy(() -> store.tryConsume(List.of(held, lost)))
                .isInstanceOfSatisfying(StoreUnavailableException.class, unavailable -> {
                    assertThat(unavailable.concerns(lost.key())).isTrue();
                    assertThat(unavailable.concerns(held.key())).isFalse();
                });
    }

    @Test
    void aClusterThatIsDownAtTheStartIsEnforcedFromItsArrivalOnAndLeftInTime() {
        try (RedisCluster cluster = RedisCluster.start();
                Calm calm = new Calm();
                LogLines log = LogLines.capture()) {
            cluster.servers().forEach(RedisServer::freeze);
            long began = System.nanoTime();
            RedisBucketStore store = new RedisBucketStore(TestSettings.of(cluster, Scene.DEADLINE));
            Duration start = Duration.ofNanos(System.nanoTime() - began);
            assertThat(Load.call(store, Scene.KEY).isDecided()).isFalse();
            cluster.servers().forEach(RedisServer::thaw);
            cluster.awaitWell();
            long well = System.nanoTime();
            await(() -> Load.call(store, Scene.KEY).isDecided());
            Duration arrival = Duration.ofNanos(System.nanoTime() - well);
            cluster.servers().forEach(RedisServer::freeze);
            for (int i = 0; i < 8; i++) {
                Load.call(store, BucketKey.unnamed("frozen-" + i));
            }
            long closing = System.nanoTime();
            store.close();
            Duration close = Duration.ofNanos(System.nanoTime() - closing);
            System.out.println("MEASURED cluster down at the start: start " + Scene.millis(start) + ", enforced after "
                    + Scene.millis(arrival) + "; close while frozen " + Scene.millis(close));
            assertThat(start).isLessThan(calm.allow(Duration.ofMillis(1_500)));
            assertThat(close).isLessThan(calm.allow(Duration.ofSeconds(2)));
            assertThat(log.containing("unavailable (no reply")).isNotEmpty();
            Awaitility.await().untilAsserted(() -> assertThat(ours()).isEmpty());
            cluster.servers().forEach(RedisServer::thaw);
        }
    }

    private static WebApp app(RedisCluster cluster, String onFailure) throws Exception {
        return new WebApp()
                .param("redis.mode", "cluster")
                .param(
                        "redis.address",
                        cluster.servers().stream().map(RedisServer::address).collect(Collectors.joining(",")))
                .param("on-failure", onFailure)
                .servlet("/*", new Hello())
                .start();
    }

    private static List<BucketKey> keys(int count, IntPredicate slots) {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> BucketKey.unnamed("client-" + i))
                .filter(key -> slots.test(RedisCluster.slotOf(key.text())))
                .limit(count)
                .toList();
    }

    private static long evaluations(RedisServer server) {
        return server.client()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_eval"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*calls=(\\d+).*", "$1")))
                .sum();
    }

    private static List<String> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sluice-"))
                .toList();
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(condition);
    }
}

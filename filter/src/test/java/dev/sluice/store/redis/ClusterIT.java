package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.faults.LogLines;
import dev.sluice.key.BucketKey;
import dev.sluice.store.BucketStore;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.store.local.LocalBucketStore;
import dev.sluice.testing.MinimalPermissions;
import dev.sluice.testing.RedisCluster;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Buckets in a real cluster that is well: the whole contract, in one slot and across slots, and what only a cluster has. */
class ClusterIT extends ClusterContract {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static RedisCluster cluster;
    private static RedisBucketStore store;

    @BeforeAll
    static void startCluster() {
        cluster = RedisCluster.start();
        store = new RedisBucketStore(TestSettings.of(cluster));
    }

    @AfterAll
    static void stopCluster() {
        store.close();
        cluster.close();
    }

    @Override
    BucketStore ofCluster() {
        return store;
    }

    @Test
    void bucketsOfAllSlotsAreDecidedAndLieOnAllMasters() throws Exception {
        for (int i = 0; i < 200; i++) {
            Charge charge = charge(fresh("client"), daily(10), 3);
            assertThat(ask(charge).remaining()).isEqualTo(7);
            assertThat(cluster.get(charge.key().text(), "tokens")).isEqualTo("7");
        }
        assertThat(cluster.servers().subList(0, 3))
                .allSatisfy(server -> assertThat(server.client().dbSize()).isGreaterThan(20));
    }

    @Test
    void aScriptThatIsForgottenEverywhereIsCuredWithinTheDecision() throws Exception {
        Charge one = charge(fresh("client"), daily(10), 1);
        Charge two = charge(fresh("client"), daily(10), 1);
        for (int i = 1; i <= 5; i++) {
            cluster.servers().subList(0, 3).forEach(server -> server.client().scriptFlush());
            assertThat(store.tryConsume(List.of(one, two)))
                    .extracting(Decision::remaining)
                    .containsExactly(10L - i, 10L - i);
        }
    }

    /** The first bucket by slot pays before the second is asked, whichever of them the request names first. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRejectionByAnyOfTheSlotsLeavesNoChargeOnTheOthers(boolean poorFirst) throws Exception {
        for (int i = 0; i < 50; i++) {
            Charge rich = charge(fresh("rich"), daily(10), 4);
            Charge measured = new Charge(fresh("measured"), daily(5), 2, false);
            Charge poor = charge(fresh("poor"), daily(3), 2);
            ask(new Charge(poor.key(), poor.bucket(), 2, true));
            List<Charge> charges = poorFirst ? List.of(poor, measured, rich) : List.of(rich, measured, poor);
            List<Decision> decisions = store.tryConsume(charges);
            assertThat(decisions.get(poorFirst ? 2 : 0)).isEqualTo(new Decision.Permitted(10, 0));
            assertThat(decisions.get(1)).isEqualTo(new Decision.Permitted(5, 0));
            assertThat(decisions.get(poorFirst ? 0 : 2)).isInstanceOf(Decision.Rejected.class);
            assertThat(level(rich)).isEqualTo(10);
            assertThat(level(measured)).isEqualTo(5);
            assertThat(level(poor)).isEqualTo(1);
        }
    }

    @Test
    void whatIsGivenBackExpiresWhenTheBucketIsFullAgain() throws Exception {
        TokenBucket bucket = TokenBucket.of(10, 1, Duration.ofSeconds(1));
        for (int i = 0; i < 20; i++) {
            Charge rich = charge(fresh("rich"), bucket, 3);
            ask(rich);
            Charge poor = charge(fresh("poor"), daily(1), 1);
            ask(poor);
            store.tryConsume(List.of(rich, poor));
            RedisServer master = cluster.masterOf(rich.key().text());
            assertThat(master.client().pttl(rich.key().text())).isBetween(1L, 4_000L);
        }
    }

    @Test
    void threadsThatTakeAndGiveBackNeverAdmitMoreThanTheSmallestBucket() throws Exception {
        for (int round = 0; round < 6; round++) {
            Charge wide = charge(fresh("wide"), daily(400), 1);
            Charge narrow = charge(fresh("narrow"), daily(100), 1);
            Charge wider = charge(fresh("wider"), daily(1_000), 2);
            List<Charge> charges = round % 2 == 0 ? List.of(wide, narrow, wider) : List.of(wider, narrow, wide);
            AtomicInteger permitted = new AtomicInteger();
            Threads.run(8, thread -> {
                for (int i = 0; i < 40; i++) {
                    boolean passes = store.tryConsume(charges).stream().allMatch(Decision.Permitted.class::isInstance);
                    permitted.addAndGet(passes ? 1 : 0);
                }
            });
            assertThat(permitted).hasValue(100);
            assertThat(level(narrow)).isZero();
            assertThat(level(wide)).isEqualTo(300);
            assertThat(level(wider)).isEqualTo(800);
        }
    }

    /** 400 requests, each for some of six buckets in six slots, against the store that decides in this JVM. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void decidesAcrossSlotsAsTheLocalStoreDoes(long seed) throws Exception {
        Random random = new Random(seed);
        LocalBucketStore oracle = new LocalBucketStore();
        List<Charge> buckets = IntStream.range(0, 6)
                .mapToObj(i -> charge(fresh("walk"), daily(20 + random.nextInt(60)), 0))
                .toList();
        for (int step = 0; step < 400; step++) {
            List<Charge> charges = new ArrayList<>();
            for (Charge bucket : buckets) {
                if (random.nextInt(3) == 0 || (charges.isEmpty() && bucket == buckets.get(5))) {
                    charges.add(
                            new Charge(bucket.key(), bucket.bucket(), 1 + random.nextInt(4), random.nextInt(4) > 0));
                }
            }
            List<Decision> expected = oracle.tryConsume(charges);
            List<Decision> decisions = store.tryConsume(charges);
            for (int i = 0; i < charges.size(); i++) {
                assertThat(decisions.get(i)).as("seed %d, step %d", seed, step).hasSameClassAs(expected.get(i));
                assertThat(decisions.get(i).remaining())
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(expected.get(i).remaining());
            }
        }
    }

    @Test
    void aValueOfAnotherTypeConcernsItsBucketOnly() throws Exception {
        Charge other = charge(fresh("other"), daily(10), 1);
        Charge foreign = charge(fresh("foreign"), daily(10), 1);
        cluster.masterOf(foreign.key().text()).client().set(foreign.key().text(), "somebody else's");
        try {
            store.tryConsume(List.of(other, foreign));
            throw new AssertionError("was decided");
        } catch (StoreUnavailableException unavailable) {
            assertThat(unavailable.concerns(foreign.key())).isTrue();
            assertThat(unavailable.concerns(other.key())).isFalse();
        }
        assertThat(level(other)).isEqualTo(10);
        cluster.masterOf(foreign.key().text()).client().del(foreign.key().text());
    }

    @Test
    void aPermissionTakenAwayIsNamedWhenItIsMissedThoughRequestsGoOn() throws Exception {
        setUser("revoked");
        BucketKey moving = fresh("revoked");
        int slot = RedisCluster.slotOf(moving.text());
        RedisServer from = cluster.masterOf(slot);
        RedisServer to = otherMaster(from);
        try (RedisBucketStore revoked = new RedisBucketStore(TestSettings.of(cluster, "revoked", "secret"));
                LogLines lines = LogLines.capture()) {
            assertThat(revoked.tryConsume(List.of(charge(moving, daily(10), 1))))
                    .hasSize(1);
            cluster.servers().forEach(server -> acl(server, "SETUSER", "revoked", "-cluster|slots"));
            cluster.beginToMove(slot, from, to);
            cluster.moveKeys(slot, from, to);
            cluster.endMove(slot, from, to);

            assertThat(revoked.tryConsume(List.of(charge(moving, daily(10), 1))))
                    .extracting(Decision::remaining)
                    .containsExactly(8L);
            await().untilAsserted(() -> assertThat(lines.all())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("SEVERE ")
                            .contains("no longer tells who holds its slots", "cluster|slots")));
        }
    }

    @Test
    void theLeastPermissionsSuffice() throws Exception {
        setUser("least");
        BucketKey moving = fresh("moving");
        int slot = RedisCluster.slotOf(moving.text());
        RedisServer from = cluster.masterOf(slot);
        RedisServer to = otherMaster(from);
        try (RedisBucketStore least = new RedisBucketStore(TestSettings.of(cluster, "least", "secret"))) {
            cluster.beginToMove(slot, from, to);
            assertThat(least.tryConsume(List.of(charge(moving, daily(10), 1))))
                    .extracting(Decision::remaining)
                    .containsExactly(9L);
        } finally {
            cluster.endMove(slot, from, to);
        }
    }

    /** Twelve slots wander from master to master, while threads ask for buckets in them, one or two at a time. */
    @Test
    void slotsThatMoveUnderLoadCostNoRequestAndNoToken() throws Exception {
        List<String> clients = IntStream.range(0, 12)
                .mapToObj(i -> "mover-" + NUMBERS.incrementAndGet())
                .toList();
        TokenBucket bucket = daily(100_000);
        ConcurrentMap<BucketKey, LongAdder> charged = new ConcurrentHashMap<>();
        AtomicInteger number = new AtomicInteger();
        Threads asking = Threads.start(6, thread -> {
            String client = clients.get((thread + number.incrementAndGet()) % clients.size());
            String late =
                    "late-" + (number.get() % 200); // many of them are met for the first time in the middle of a move
            List<BucketKey> keys = number.get() % 2 == 0
                    ? List.of(BucketKey.of("early", client), BucketKey.of(late, client))
                    : List.of(BucketKey.of(late, client));
            List<Charge> charges =
                    keys.stream().map(key -> charge(key, bucket, 1)).toList();
            assertThat(store.tryConsume(charges))
                    .allSatisfy(each -> assertThat(each).isInstanceOf(Decision.Permitted.class));
            keys.forEach(
                    key -> charged.computeIfAbsent(key, none -> new LongAdder()).increment());
        });
        List<RedisServer> masters = cluster.servers().subList(0, 3);
        for (int round = 0; round < 2; round++) {
            for (String client : clients) {
                int slot = RedisCluster.slotOf(client);
                RedisServer from = cluster.masterOf(slot);
                RedisServer to = masters.get((masters.indexOf(from) + 1) % 3);
                cluster.beginToMove(slot, from, to);
                asking.awaitSteps(60);
                for (int move = 0; move < 3; move++) {
                    cluster.moveKeys(slot, from, to);
                    asking.awaitSteps(20);
                }
                cluster.moveKeys(slot, from, to);
                cluster.endMove(slot, from, to);
                asking.awaitSteps(20);
            }
        }
        asking.end();
        System.out.println("MEASURED " + asking.steps() + " requests while 24 slots moved");
        for (Map.Entry<BucketKey, LongAdder> each : charged.entrySet()) {
            assertThat(level(charge(each.getKey(), bucket, 1)))
                    .as(each.getKey().text())
                    .isEqualTo(100_000 - each.getValue().sum());
        }
    }

    /** With the least permissions, on all nodes. */
    private static void setUser(String name) {
        for (RedisServer server : cluster.servers()) {
            acl(server, "SETUSER", name, "on", ">secret", "resetkeys", "resetchannels", "-@all");
            acl(server, ("SETUSER " + name + " " + MinimalPermissions.inCluster()).split(" "));
        }
    }

    private static void acl(RedisServer server, String... arguments) {
        server.client().executeCommand(new CommandArguments(Protocol.Command.ACL).addObjects((Object[]) arguments));
    }

    private static RedisServer otherMaster(RedisServer master) {
        return cluster.servers().subList(0, 3).stream()
                .filter(server -> server != master)
                .findFirst()
                .orElseThrow();
    }

    private static long level(Charge charge) throws StoreUnavailableException {
        return ask(new Charge(charge.key(), charge.bucket(), 0, true)).remaining();
    }

    private static Decision ask(Charge charge) throws StoreUnavailableException {
        return store.tryConsume(List.of(charge)).get(0);
    }

    private static Charge charge(BucketKey key, TokenBucket bucket, long cost) {
        return new Charge(key, bucket, cost, true);
    }

    /** Of a client that nobody has met. */
    private static BucketKey fresh(String policy) {
        return BucketKey.of(policy, policy + "-" + NUMBERS.incrementAndGet());
    }

    private static TokenBucket daily(long capacity) {
        return TokenBucket.of(capacity, 1, Duration.ofDays(1));
    }
}

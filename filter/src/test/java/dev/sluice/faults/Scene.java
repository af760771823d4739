package dev.sluice.faults;

import dev.sluice.key.BucketKey;
import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.RedisSettings;
import dev.sluice.store.redis.TestSettings;
import dev.sluice.testing.FaultProxy;
import dev.sluice.testing.RedisServer;
import org.awaitility.Awaitility;
import redis.clients.jedis.CommandArguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

import static org.assertj.core.api.Assertions.assertThat;

/** A Redis of its own, a proxy before it, a store that reaches it through the proxy, and what was logged. */
final class Scene implements AutoCloseable {

    static final Duration DEADLINE = Duration.ofMillis(150);
    static final Duration RECOVERY = Duration.ofSeconds(2);
    static final BucketKey KEY = BucketKey.unnamed("scene");

    final Calm calm = new Calm();
    final LogLines log = LogLines.capture();
    final RedisServer redis;
    final FaultProxy proxy;
    final RedisBucketStore store;

    private Scene(RedisServer redis, IntFunction<RedisSettings> settingsAt) {
        this.redis = redis;
        this.proxy = FaultProxy.to(redis);
        this.store = new RedisBucketStore(settingsAt.apply(proxy.port()));
    }

    /** About time: all is well, and the first request has been decided. */
    static Scene begin() {
        return new Scene(RedisServer.start(), port -> TestSettings.at(port, DEADLINE)).begun();
    }

    /** About answers: no call is ever late, however long the machine stalls. */
    static Scene patient(String... redisConf) {
        return with(RedisServer.start(redisConf)).begun();
    }

    /** About answers to the ACL user {@code app}, who has no permissions but these. */
    static Scene asUser(String permissions) {
        return new Scene(
                        RedisServer.start("user app on >secret resetkeys resetchannels -@all " + permissions),
                        port -> TestSettings.at(port, "app", "secret", TestSettings.PATIENT))
                .begun();
    }

    /** About answers of a server that may not be well yet. */
    static Scene with(RedisServer redis) {
        return new Scene(redis, port -> TestSettings.at(port, TestSettings.PATIENT));
    }

    /** What an operator types; the reply. */
    Object redis(String command, String... arguments) {
        return redis.client()
                .executeCommand(new CommandArguments(() -> command.getBytes(StandardCharsets.UTF_8))
                        .addObjects((Object[]) arguments));
    }

    private Scene begun() {
        awaitDecision(Duration.ofSeconds(5));
        return this;
    }

    Calls.Call call() {
        return Load.call(store, KEY);
    }

    /** How long until the store decides again; fails if that takes longer. */
    Duration awaitDecision(Duration atMost) {
        return awaitCall(Calls.Call::isDecided, atMost, "decided by Redis");
    }

    /** How long until the store answers at once, without asking. */
    Duration awaitOpen(Duration atMost) {
        Duration opening = awaitCall(
                call -> call.outcome().equals("Redis is known to be unavailable"), atMost, "answered without asking");
        await(() -> !log.containing(" unavailable (").isEmpty()); // it is written a moment later
        return opening;
    }

    private Duration awaitCall(java.util.function.Predicate<Calls.Call> kind, Duration atMost, String what) {
        long since = System.nanoTime();
        while (true) {
            boolean there = kind.test(call());
            Duration waited = Duration.ofNanos(System.nanoTime() - since);
            assertThat(waited).as(what).isLessThan(calm.isCalm() ? calm.allow(atMost) : atMost.multipliedBy(5));
            if (there) {
                return waited;
            }
            pause(Duration.ofMillis(5));
        }
    }

    /** Judges a latency, if the machine was calm enough to say. */
    void judge(String what, Duration measured, Duration bound) {
        measured(what, measured);
        if (calm.isCalm()) {
            assertThat(measured).as(what).isLessThanOrEqualTo(calm.allow(bound));
        } else {
            System.out.println("NOT JUDGED " + what + ": the machine held threads back for " + millis(calm.heldBack()));
        }
    }

    void measured(String what, Duration figure) {
        System.out.printf("MEASURED %s: %s (held back %s)%n", what, millis(figure), millis(calm.heldBack()));
    }

    static String millis(Duration time) {
        return "%.1f ms".formatted(time.toNanos() / 1e6);
    }

    static void pause(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    static void join(Thread thread, int atMostMillis) {
        try {
            thread.join(atMostMillis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(thread.isAlive()).as("%s is stuck", thread.getName()).isFalse();
    }

    /** Until a count no longer changes, or whatever else takes a moment. */
    static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(condition);
    }

    @Override
    public void close() {
        log.close();
        store.close();
        proxy.close();
        redis.close();
        calm.close();
    }
}

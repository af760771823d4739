package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import dev.sluice.store.FaultKind;
import dev.sluice.store.StoreObserver;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RedisServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A thread that carries others, or is carried: nobody else pays for it if it dies of something that is not Redis' fault,
 * such as a heap or a stack that is full. No watchdog runs here, so what is lost stays lost.
 */
@Timeout(60)
class FlightsIT {

    private static final TokenBucket BUCKET = TokenBucket.of(1_000, 1, Duration.ofSeconds(1));

    private static final Logger LOGGER = Logger.getLogger("dev.sluice");

    private static RedisServer server;

    private final Queue<Supplier<Call>> calls = new ConcurrentLinkedQueue<>(); // then usual ones
    private final DyingObserver observer = new DyingObserver();
    private final Handler dyingHandler = new DyingHandler();
    private final RedisNode node = node();

    @BeforeAll
    static void startRedis() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @AfterEach
    void stopNode() {
        LOGGER.removeHandler(dyingHandler);
        server.thaw();
        node.stop();
        server.client().flushAll();
    }

    @Test
    void givesItsLineBackIfItDiesBeforeItsCall() throws Exception {
        calls.add(FlightsIT::die);

        assertThatThrownBy(() -> decide("a")).isInstanceOf(Death.class);

        assertThat(decide("a")).isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void isHandedNoLineIfItDiesWhileItWaits() throws Throwable {
        Asking first = fliesToFrozenRedis();
        assertThatThrownBy(() -> node.decide(new DyingTicket(), System.nanoTime()))
                .isInstanceOf(Death.class);
        Asking last = waits("last");

        server.thaw();

        assertThat(first.decision()).isInstanceOf(Decision.Permitted.class);
        assertThat(last.decision()).isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void endsTheRequestThatItWasTakingAboard() throws Throwable {
        fliesToFrozenRedis();
        calls.add(DiesOfItsSecond::new);
        Asking carrier = waits("carrier");
        Asking passenger = waits("passenger");

        server.thaw();

        assertThatThrownBy(carrier::decision).isInstanceOf(Death.class);
        assertThatThrownBy(passenger::decision).isSameAs(Unavailable.FAULT);
        assertThat(decide("next")).isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void tellsItsPassengersIfItDiesBeforeTheNextCall() throws Throwable {
        fliesToFrozenRedis();
        calls.add(() -> new CarriesAtMost(10)); // so that one waits when it is back
        calls.add(FlightsIT::die);
        List<Asking> all = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            all.add(waits("client-" + i));
        }

        server.thaw();

        int dead = 0;
        for (Asking each : all) {
            dead += each.hasDied() ? 1 : 0;
        }
        assertThat(dead).as("all others are decided").isEqualTo(1);
    }

    @Test
    void tellsItsPassengersIfItDiesOfTheirFault() throws Throwable {
        fliesToFrozenRedis();
        calls.add(ReadsGarbage::new);
        observer.dies = true;
        Asking carrier = waits("carrier");
        Asking passenger = waits("passenger");

        server.thaw();

        assertThatThrownBy(carrier::decision).isInstanceOf(Death.class);
        assertThatThrownBy(passenger::decision).isSameAs(Unavailable.FAULT);
    }

    @Test
    void tellsItsPassengersIfItDiesOfTheLog() throws Throwable {
        server.client().set("rate_limit:foreign", "somebody's");
        fliesToFrozenRedis();
        Asking carrier = waits("carrier");
        Asking foreign = waits("foreign");
        Asking last = waits("last");

        LOGGER.addHandler(dyingHandler);
        server.thaw();

        assertThatThrownBy(carrier::decision).isInstanceOf(Death.class);
        assertThatThrownBy(foreign::decision).hasMessageContaining("another type");
        assertThat(last.decision()).isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void isCarriedByAnotherIfItHasNoTimeToCarry() throws Throwable {
        fliesToFrozenRedis();
        node.inspect(TimeUnit.SECONDS.toNanos(2), Long.MAX_VALUE); // calls are cut so long before their deadline
        AtomicReference<Thread> carrier = new AtomicReference<>();
        calls.add(() -> {
            carrier.set(Thread.currentThread());
            return new ScriptCall();
        });
        Asking nearlyLate = waits("hurried", Duration.ofMillis(1_900));
        Asking hasTime = waits("patient");

        server.thaw();

        assertThat(nearlyLate.decision()).isInstanceOf(Decision.Permitted.class);
        assertThat(hasTime.decision()).isInstanceOf(Decision.Permitted.class);
        assertThat(carrier).hasValue(hasTime);
    }

    @Test
    void tellsTheBreakerOfEachCallThatAnybodyLost() throws Throwable {
        Asking first = fliesToFrozenRedis(Disconnected::new); // and is queued once more
        calls.add(Disconnected::new);
        Asking last = waits("last"); // meets its first fault in the same call as the other its second
        calls.add(Disconnected::new);

        server.thaw();

        assertThatThrownBy(first::decision).isSameAs(Unavailable.FAULT);
        assertThatThrownBy(last::decision).isSameAs(Unavailable.FAULT);
        assertThat(observer.faults).isEqualTo(2);
    }

    private RedisNode node() {
        RedisSettings settings = TestSettings.of(server);
        Connector connector = Connectors.toRedis(settings).to(new RedisAddress(Loopback.HOST, server.port()), 0);
        StandaloneCalls usual = new StandaloneCalls();
        RedisNode made = new RedisNode(
                "redis",
                connector,
                new RedisNode.Calls() {
                    @Override
                    public Call empty() {
                        Supplier<Call> next = calls.poll();
                        return next == null ? usual.empty() : next.get();
                    }

                    @Override
                    public Call question() {
                        return usual.question();
                    }
                },
                new StoreContext(settings, new Watchdog(settings.deadline()), () -> "", observer));
        made.awaitReady(System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
        return made;
    }

    private Decision decide(String client) throws StoreUnavailableException {
        return decide(client, TestSettings.PATIENT);
    }

    private Decision decide(String client, Duration deadline) throws StoreUnavailableException {
        long nowNanos = System.nanoTime();
        Ticket ticket = new Ticket(List.of(chargeTo(client)), nowNanos + deadline.toNanos());
        return node.decide(ticket, nowNanos).get(0);
    }

    private static Charge chargeTo(String client) {
        return new Charge(BucketKey.unnamed(client), BUCKET, 1, true);
    }

    /** Until Redis is thawed it holds the only line that may fly; by then it is too late for it to go on for others. */
    private Asking fliesToFrozenRedis() throws Exception {
        return fliesToFrozenRedis(ScriptCall::new);
    }

    private Asking fliesToFrozenRedis(Supplier<Call> call) throws Exception {
        knowHowNearRedisIs();
        server.freeze();
        calls.add(call);
        Asking first = new Asking("first", TestSettings.PATIENT);
        first.start();
        Awaitility.await().until(node::isBusy);
        return first;
    }

    /** One call at a time: to a Redis that seemed further away there would be more. */
    private void knowHowNearRedisIs() throws Exception {
        long began;
        do {
            began = System.nanoTime();
            decide("near");
        } while (System.nanoTime() - began > TimeUnit.MICROSECONDS.toNanos(150));
    }

    private Asking waits(String client) {
        return waits(client, TestSettings.PATIENT);
    }

    private Asking waits(String client, Duration deadline) {
        Asking one = new Asking(client, deadline);
        one.start();
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> one.getState() == Thread.State.TIMED_WAITING);
        return one;
    }

    private static Call die() {
        throw new Death();
    }

    /** A thread that wants one decision. */
    private final class Asking extends Thread {

        private final String client;
        private final Duration deadline;
        private @Nullable Decision decision;
        private @Nullable Throwable failure;

        Asking(String client, Duration deadline) {
            this.client = client;
            this.deadline = deadline;
        }

        @Override
        public void run() {
            try {
                decision = decide(client, deadline);
            } catch (StoreUnavailableException | Death ofWhatever) {
                failure = ofWhatever;
            }
        }

        Decision decision() throws Throwable {
            join();
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(decision);
        }

        boolean hasDied() throws Throwable {
            try {
                decision();
                return false;
            } catch (Death death) {
                return true;
            }
        }
    }

    /** Its thread dies instead of waiting. */
    private static final class DyingTicket extends Ticket {

        DyingTicket() {
            super(List.of(chargeTo("dying")), System.nanoTime() + TestSettings.PATIENT.toNanos());
        }

        @Override
        Line await(long lookNanos) {
            throw new Death();
        }
    }

    /** A usual call, but for what a test makes of it. */
    private static class OtherCall implements Call {

        private final Call usual = new ScriptCall();

        @Override
        public boolean add(Ticket ticket) {
            return usual.add(ticket);
        }

        @Override
        public ScriptReply read(Object reply) {
            return usual.read(reply);
        }

        @Override
        public void send(Connection connection) {
            usual.send(connection);
        }

        @Override
        public Object receive(Connection connection) {
            return usual.receive(connection);
        }
    }

    private static final class DiesOfItsSecond extends OtherCall {

        private boolean carriesOne;

        @Override
        public boolean add(Ticket ticket) {
            if (carriesOne) {
                throw new Death();
            }
            carriesOne = true;
            return super.add(ticket);
        }
    }

    private static final class CarriesAtMost extends OtherCall {

        private int left;

        CarriesAtMost(int most) {
            this.left = most;
        }

        @Override
        public boolean add(Ticket ticket) {
            return left-- > 0 && super.add(ticket);
        }
    }

    private static final class Disconnected extends OtherCall {

        @Override
        public Object receive(Connection connection) {
            throw new JedisConnectionException("made by the test");
        }
    }

    private static final class ReadsGarbage extends OtherCall {

        @Override
        public ScriptReply read(Object reply) {
            throw new IllegalArgumentException("not what was asked for");
        }
    }

    private static final class DyingObserver implements StoreObserver {

        private volatile boolean dies;
        private volatile int faults;

        @Override
        public void faulted(FaultKind kind) {
            faults++;
            if (dies) {
                dies = false;
                throw new Death();
            }
        }
    }

    /** Where the operator's log goes, out of order. */
    private static final class DyingHandler extends Handler {

        @Override
        public void publish(LogRecord line) {
            throw new Death();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}

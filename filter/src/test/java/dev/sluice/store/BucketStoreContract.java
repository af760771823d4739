package dev.sluice.store;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What every store must do. Buckets here refill once a day, so that the time a test takes plays no part. */
public abstract class BucketStoreContract {

    private static final AtomicInteger CLIENTS = new AtomicInteger();
    private static final TokenBucket THREE_A_DAY = TokenBucket.of(3, 3, Duration.ofDays(1));
    private static final TokenBucket FIVE_A_DAY = TokenBucket.of(5, 5, Duration.ofDays(1));

    private final String client = "client-" + CLIENTS.incrementAndGet();

    protected abstract BucketStore store();

    /** The bucket of a client under a policy. */
    protected BucketKey key(String policy, String client) {
        return BucketKey.of(policy, client);
    }

    @Test
    void permitsTheCapacityThenRejects() throws Exception {
        assertThat(ask(enforced("three", THREE_A_DAY, 1))).isInstanceOf(Decision.Permitted.class);
        assertThat(ask(enforced("three", THREE_A_DAY, 1))).isInstanceOf(Decision.Permitted.class);
        assertThat(ask(enforced("three", THREE_A_DAY, 1)).remaining()).isZero();
        assertThat(ask(enforced("three", THREE_A_DAY, 1))).isInstanceOf(Decision.Rejected.class);
    }

    @Test
    void takesTheWholeCostOrNothing() throws Exception {
        ask(enforced("three", THREE_A_DAY, 2));
        assertThat(ask(enforced("three", THREE_A_DAY, 2))).isInstanceOf(Decision.Rejected.class);
        assertThat(ask(enforced("three", THREE_A_DAY, 1))).isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void aCostOfZeroLooksWithoutTaking() throws Exception {
        ask(enforced("three", THREE_A_DAY, 1));
        assertThat(ask(enforced("three", THREE_A_DAY, 0)).remaining()).isEqualTo(2);
        assertThat(ask(enforced("three", THREE_A_DAY, 0)).remaining()).isEqualTo(2);
    }

    @Test
    void tellsHowLongToWait() throws Exception {
        ask(enforced("three", THREE_A_DAY, 3));
        long eightHoursMicros = 8L * 3600 * 1_000_000;
        Decision.Rejected rejected = (Decision.Rejected) ask(enforced("three", THREE_A_DAY, 1));
        assertThat(rejected.retryAfterMicros()).isBetween(eightHoursMicros - 60_000_000, eightHoursMicros);
    }

    @Test
    void chargesNoBucketIfOneRejects() throws Exception {
        ask(enforced("three", THREE_A_DAY, 3));
        List<Decision> decisions =
                store().tryConsume(List.of(enforced("five", FIVE_A_DAY, 1), enforced("three", THREE_A_DAY, 1)));
        assertThat(decisions.get(0)).isEqualTo(new Decision.Permitted(5, 0));
        assertThat(decisions.get(1)).isInstanceOf(Decision.Rejected.class);
        assertThat(ask(enforced("five", FIVE_A_DAY, 5))).isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void chargesAllBucketsIfNoneRejects() throws Exception {
        store().tryConsume(List.of(enforced("five", FIVE_A_DAY, 2), enforced("three", THREE_A_DAY, 1)));
        assertThat(ask(enforced("five", FIVE_A_DAY, 0)).remaining()).isEqualTo(3);
        assertThat(ask(enforced("three", THREE_A_DAY, 0)).remaining()).isEqualTo(2);
    }

    @Test
    void aMeasuredBucketNeverKeepsAnotherFromBeingCharged() throws Exception {
        ask(enforced("three", THREE_A_DAY, 3));
        List<Decision> decisions =
                store().tryConsume(List.of(measured("three", THREE_A_DAY, 1), enforced("five", FIVE_A_DAY, 1)));
        assertThat(decisions.get(0)).isInstanceOf(Decision.Rejected.class);
        assertThat(decisions.get(1).remaining()).isEqualTo(4);
    }

    @Test
    void aMeasuredBucketIsNotChargedForARequestThatIsRejected() throws Exception {
        ask(enforced("three", THREE_A_DAY, 3));
        store().tryConsume(List.of(measured("five", FIVE_A_DAY, 1), enforced("three", THREE_A_DAY, 1)));
        assertThat(ask(enforced("five", FIVE_A_DAY, 0)).remaining()).isEqualTo(5);
    }

    @Test
    void appliesAChangedCapacityAtOnce() throws Exception {
        ask(enforced("same", FIVE_A_DAY, 1));
        assertThat(ask(enforced("same", THREE_A_DAY, 1)).remaining()).isEqualTo(2);
    }

    @Test
    void neverPermitsMoreThanTheCapacityToManyThreads() throws Exception {
        TokenBucket bucket = TokenBucket.of(500, 1, Duration.ofDays(1));
        AtomicInteger permitted = new AtomicInteger();
        Callable<Void> asking = () -> {
            for (int i = 0; i < 250; i++) {
                if (ask(enforced("shared", bucket, 1)) instanceof Decision.Permitted) {
                    permitted.incrementAndGet();
                }
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Void> done : threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(i -> asking).toList())) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(permitted).hasValue(500);
    }

    private Decision ask(Charge charge) throws StoreUnavailableException {
        return store().tryConsume(List.of(charge)).get(0);
    }

    private Charge enforced(String policy, TokenBucket bucket, long cost) {
        return new Charge(key(policy, client), bucket, cost, true);
    }

    private Charge measured(String policy, TokenBucket bucket, long cost) {
        return new Charge(key(policy, client), bucket, cost, false);
    }
}

package dev.sluice.store;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.RandomBuckets;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.local.LocalBucketStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

class RememberedRejectionsTest {

    private static final TokenBucket ONE_A_SECOND = TokenBucket.of(1, 1, Duration.ofSeconds(1));
    private static final TokenBucket ONE_A_DAY = TokenBucket.of(1, 1, Duration.ofDays(1));

    private final AtomicLong nanos = new AtomicLong(1_000_000_000);
    private final List<List<Charge>> asked = new ArrayList<>();
    private final LocalBucketStore local = new LocalBucketStore(() -> nanos.get() / 1_000, 1_000);
    private final RememberedRejections remembered = new RememberedRejections(
            charges -> {
                asked.add(charges);
                nanos.addAndGet(300_000); // on the way there
                List<Decision> decisions = local.tryConsume(charges);
                nanos.addAndGet(200_000); // and back
                return decisions;
            },
            new StoreObserver() {
                @Override
                public void remembered() {
                    answered++;
                }
            },
            nanos::get);
    private int answered;

    @Test
    void asksOnceForARejectionThatIsCertain() throws Exception {
        ask(charge("a", ONE_A_SECOND, 1));
        ask(charge("a", ONE_A_SECOND, 1));
        asked.clear();
        for (int i = 0; i < 99; i++) {
            nanos.addAndGet(10_000_000);
            assertThat(ask(charge("a", ONE_A_SECOND, 1))).isInstanceOf(Decision.Rejected.class);
        }
        assertThat(asked).isEmpty();
        assertThat(answered).isEqualTo(99);
    }

    @Test
    void tellsNoShorterWaitThanTheStoreWould() throws Exception {
        ask(charge("a", ONE_A_SECOND, 1));
        ask(charge("a", ONE_A_SECOND, 1));
        nanos.addAndGet(400_000_000);
        Decision.Rejected told = (Decision.Rejected) ask(charge("a", ONE_A_SECOND, 1));
        Decision.Rejected exact = (Decision.Rejected)
                local.tryConsume(List.of(charge("a", ONE_A_SECOND, 1))).get(0);
        assertThat(told.retryAfterMicros()).isBetween(exact.retryAfterMicros(), exact.retryAfterMicros() + 500);
    }

    @Test
    void asksAgainAfterASecondAtTheLatest() throws Exception {
        ask(charge("a", ONE_A_DAY, 1));
        for (int second = 0; second < 10; second++) {
            ask(charge("a", ONE_A_DAY, 1));
            nanos.addAndGet(500_000_000);
            ask(charge("a", ONE_A_DAY, 1));
            nanos.addAndGet(600_000_000);
        }
        assertThat(asked).hasSize(11);
    }

    @Test
    void asksForAnythingElse() throws Exception {
        ask(charge("a", ONE_A_DAY, 1));
        ask(charge("a", ONE_A_DAY, 1));
        asked.clear();
        ask(charge("b", ONE_A_DAY, 1));
        ask(charge("a", TokenBucket.of(5, 1, Duration.ofDays(1)), 1));
        ask(charge("a", ONE_A_DAY, 0));
        assertThat(asked).hasSize(3);
    }

    @Test
    void remembersApartWhoSharesAPolicyOfAllClients() throws Exception {
        Charge shared = charge("all", TokenBucket.of(100, 1, Duration.ofDays(1)), 1);
        for (int i = 0; i < 3; i++) {
            remembered.tryConsume(List.of(shared, charge("a", ONE_A_DAY, 1)));
            remembered.tryConsume(List.of(shared, charge("b", ONE_A_DAY, 1)));
        }
        assertThat(asked).hasSize(4); // for each client once permitted, once rejected
    }

    @Test
    void neverAnswersForABucketThatIsOnlyMeasured() throws Exception {
        Charge shadow = new Charge(BucketKey.unnamed("a"), ONE_A_DAY, 1, false);
        for (int i = 0; i < 5; i++) {
            ask(shadow);
        }
        assertThat(asked).hasSize(5);
    }

    /** Against the store itself: whatever is answered from memory, the store would have rejected too. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void neverRejectsWhatTheStoreWouldPermit(long seed) throws Exception {
        RandomBuckets random = new RandomBuckets(seed);
        TokenBucket bucket = random.bucket();
        TokenBucket other = random.bucket();
        for (int step = 0; step < 2_000; step++) {
            nanos.addAndGet(random.stepMicros(bucket) % 300_000 * 1_000);
            List<Charge> charges = random.oneIn(2)
                    ? List.of(charge("a", bucket, random.cost(bucket)))
                    : List.of(charge("a", bucket, 1), charge("b", other, random.cost(other)));
            int before = answered;
            List<Decision> decisions = remembered.tryConsume(charges);
            if (answered > before) {
                assertThat(decisions).anyMatch(Decision.Rejected.class::isInstance);
                assertThat(local.tryConsume(charges))
                        .as("seed %d, step %d", seed, step)
                        .anyMatch(Decision.Rejected.class::isInstance);
            }
        }
    }

    private Decision ask(Charge charge) throws StoreUnavailableException {
        return remembered.tryConsume(List.of(charge)).get(0);
    }

    private static Charge charge(String client, TokenBucket bucket, long cost) {
        return new Charge(BucketKey.unnamed(client), bucket, cost, true);
    }
}

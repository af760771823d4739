package dev.sluice.store.local;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.BucketStore;
import dev.sluice.store.BucketStoreContract;
import dev.sluice.store.Charge;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

class LocalBucketStoreTest extends BucketStoreContract {

    private static final TokenBucket TWO_A_MINUTE = TokenBucket.of(2, 2, Duration.ofMinutes(1));

    private final BucketStore store = new LocalBucketStore();
    private final AtomicLong clockMicros = new AtomicLong();
    private final LocalBucketStore small = new LocalBucketStore(clockMicros::get, 3);

    @Override
    protected BucketStore store() {
        return store;
    }

    @Test
    void clientsBeyondItsBoundShareOneBucket() {
        List.of("a", "b", "c").forEach(this::askSmall);
        assertThat(askSmall("d").remaining()).isEqualTo(1);
        assertThat(askSmall("e").remaining()).isEqualTo(0);
        assertThat(askSmall("f")).isInstanceOf(Decision.Rejected.class);
    }

    @Test
    void aFloodOfClientsDoesNotFreeAnExhaustedOne() {
        askSmall("exhausted");
        askSmall("exhausted");
        for (int i = 0; i < 1_000; i++) {
            askSmall("flood-" + i);
        }
        assertThat(askSmall("exhausted")).isInstanceOf(Decision.Rejected.class);
    }

    @Test
    void makesRoomOnceBucketsAreFullAgain() {
        List.of("a", "b", "c").forEach(this::askSmall);
        askSmall("d");
        clockMicros.addAndGet(Duration.ofMinutes(1).toNanos() / 1000);
        assertThat(askSmall("e").remaining()).isEqualTo(1);
        assertThat(askSmall("f").remaining()).isEqualTo(1);
    }

    @Test
    void policiesBeyondItsBoundShareNothing() {
        List.of("a", "b", "c").forEach(this::askSmall);
        small.tryConsume(List.of(named("p", "d", 1), named("q", "d", 2)));
        assertThat(small.tryConsume(List.of(named("p", "e", 1)))).allMatch(Decision.Permitted.class::isInstance);
        assertThat(small.tryConsume(List.of(named("q", "e", 1)))).allMatch(Decision.Rejected.class::isInstance);
    }

    @Test
    void theLastPlaceGivesNobodyElseAFullBucket() {
        askSmall("almost-full");
        small.tryConsume(List.of(named("p", "a", 2), named("p", "b", 2)));
        small.tryConsume(List.of(named("q", "c", 2))); // beyond the bound, which is 3
        clockMicros.addAndGet(Duration.ofSeconds(29).toNanos() / 1000);
        assertThat(small.tryConsume(List.of(named("q", "d", 1)))).allMatch(Decision.Rejected.class::isInstance);
        clockMicros.addAndGet(Duration.ofMillis(1_001).toNanos() / 1000); // one place is free, and a token is back
        small.tryConsume(List.of(named("p", "e", 1), named("q", "e", 1)));
        assertThat(small.tryConsume(List.of(named("q", "f", 1)))).allMatch(Decision.Rejected.class::isInstance);
    }

    private static Charge named(String policy, String client, long cost) {
        return new Charge(BucketKey.of(policy, client), TWO_A_MINUTE, cost, true);
    }

    private Decision askSmall(String client) {
        return small.tryConsume(List.of(new Charge(BucketKey.unnamed(client), TWO_A_MINUTE, 1, true)))
                .get(0);
    }
}

package dev.sluice.metrics;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.SampleRequest;
import dev.sluice.limiter.LocalShare;
import dev.sluice.limiter.Policies;
import dev.sluice.limiter.RateLimiter;
import dev.sluice.policy.FailureMode;
import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;
import dev.sluice.store.BucketStore;
import dev.sluice.store.Charge;
import dev.sluice.store.FaultKind;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.store.local.LocalBucketStore;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What is counted, policy by policy, for what a limiter decides. */
class FiguresTest {

    private static final TokenBucket TWO = TokenBucket.of(2, 1, Duration.ofHours(1));
    private static final TokenBucket TEN = TokenBucket.of(10, 1, Duration.ofHours(1));
    private static final BucketStore DOWN = charges -> {
        throw StoreUnavailableException.forAll("down");
    };

    private final Figures figures = new Figures();
    private final LocalBucketStore local = new LocalBucketStore(() -> 0, 1_000);
    private final BucketStore store = new LocalBucketStore(() -> 0, 1_000)::tryConsume;

    @Test
    void countsEachPolicyThatGovernsARequestOnce() {
        ask(5, store, Policies.enforced("ten", TEN), Policies.enforced("two", TWO));
        assertThat(counted())
                .isEqualTo(Map.of(
                        "requests.ten.permitted", 2L,
                        "requests.ten.uncharged", 3L,
                        "requests.two.permitted", 2L,
                        "requests.two.rejected", 3L,
                        "requests.near_limit.two", 1L));
    }

    @Test
    void aShadowPolicyRejectsNothing() {
        ask(5, store, Policies.enforced("ten", TEN), Policies.shadow("two", TWO));
        assertThat(counted())
                .isEqualTo(Map.of(
                        "requests.ten.permitted", 5L,
                        "requests.two.permitted", 2L,
                        "requests.two.shadow-rejected", 3L,
                        "requests.near_limit.two", 1L));
    }

    @Test
    void nearTheLimitIsLessThanAFifth() {
        ask(10, store, Policies.enforced("ten", TEN));
        assertThat(counted())
                .isEqualTo(Map.of("requests.ten.permitted", 10L, "requests.near_limit.ten", 2L)); // with 1 and 0 left
    }

    @Test
    void inAnOutageEachPolicyCountsItsFailureModeAndItsOutcome() {
        ask(
                3,
                DOWN,
                Policies.enforced("local", TWO),
                Policies.policy("permit", TWO, Mode.ENFORCE, FailureMode.PERMIT),
                Policies.policy("shadow", TEN, Mode.SHADOW, FailureMode.REJECT));
        assertThat(counted())
                .isEqualTo(Map.of(
                        "requests.local.permitted", 2L,
                        "requests.local.rejected", 1L,
                        "requests.near_limit.local", 1L,
                        "requests.degraded.local.local", 3L,
                        "requests.permit.permitted", 2L,
                        "requests.permit.uncharged", 1L,
                        "requests.degraded.permit.permit", 3L,
                        "requests.shadow.permitted", 2L,
                        "requests.shadow.uncharged", 1L,
                        "requests.degraded.shadow.reject", 3L));
    }

    @Test
    void aRequestAnswered503IsUnavailableForThePolicyThatSaysSo() {
        ask(3, DOWN, Policies.enforced("local", TEN), Policies.policy("strict", TEN, Mode.ENFORCE, FailureMode.REJECT));
        assertThat(counted())
                .isEqualTo(Map.of(
                        "requests.local.uncharged", 3L,
                        "requests.degraded.local.local", 3L,
                        "requests.strict.unavailable", 3L,
                        "requests.degraded.strict.reject", 3L));
    }

    @Test
    void aForeignKeyDegradesItsOwnPolicyOnly() {
        BucketStore partly = charges -> {
            List<Charge> foreign = charges.stream()
                    .filter(charge -> charge.key().text().contains("foreign"))
                    .toList();
            if (!foreign.isEmpty()) {
                throw StoreUnavailableException.forBuckets(Set.of(foreign.get(0).key()), "foreign");
            }
            return store.tryConsume(charges);
        };
        ask(
                2,
                partly,
                Policies.policy("foreign", TEN, Mode.ENFORCE, FailureMode.PERMIT),
                Policies.policy("sound", TEN, Mode.ENFORCE, FailureMode.REJECT));
        assertThat(counted())
                .isEqualTo(Map.of(
                        "requests.foreign.permitted", 2L,
                        "requests.degraded.foreign.permit", 2L,
                        "requests.sound.permitted", 2L));
    }

    @Test
    void aRequestThatNoPolicyGovernsIsNotCounted() {
        RateLimiter exempting = new RateLimiter(
                List.of(Policies.enforced("ten", TEN)), request -> true, store, local, LocalShare.WHOLE, figures);
        exempting.check(SampleRequest.from("203.0.113.7"));
        assertThat(counted()).isEmpty();
    }

    @Test
    void policiesOutliveTheConfigurationAndRequestsAddNoFigure() {
        figures.inForce(List.of(Policies.enforced("former", TEN)), () -> 0);
        ask(1, store, Policies.enforced("former", TEN));
        int number = figures.all().size();
        ask(100, store, Policies.enforced("former", TEN));
        assertThat(figures.all()).hasSize(number);
        figures.inForce(List.of(Policies.enforced("later", TEN)), () -> 2);
        assertThat(counted()).containsEntry("requests.former.permitted", 10L).containsEntry("store.breaker.open", 2L);
        assertThat(figures.all()).hasSize(number + 9);
    }

    @Test
    void theStoreIsCountedByFixedBounds() {
        figures.asked(100_000);
        figures.asked(100_001);
        figures.asked(60_000_000_000L);
        figures.called(1);
        figures.called(3);
        figures.called(513);
        figures.faulted(FaultKind.LATE);
        figures.remembered();
        assertThat(counted())
                .containsEntry("store.decisions", 3L)
                .containsEntry("store.decisions.time", 60_000_200_001L)
                .containsEntry("store.decisions.within.0.0001", 1L)
                .containsEntry("store.decisions.within.0.00025", 2L)
                .containsEntry("store.decisions.within.10", 2L)
                .containsEntry("store.decisions.within.+Inf", 3L)
                .containsEntry("store.calls", 3L)
                .containsEntry("store.calls.requests", 517L)
                .containsEntry("store.calls.within.1", 1L)
                .containsEntry("store.calls.within.2", 1L)
                .containsEntry("store.calls.within.4", 2L)
                .containsEntry("store.calls.within.512", 2L)
                .containsEntry("store.calls.within.+Inf", 3L)
                .containsEntry("store.faults.late", 1L)
                .containsEntry("requests.remembered", 1L)
                .doesNotContainKey("store.faults.refused");
    }

    private void ask(int times, BucketStore store, Policy... policies) {
        RateLimiter limiter =
                new RateLimiter(List.of(policies), request -> false, store, local, LocalShare.WHOLE, figures);
        for (int i = 0; i < times; i++) {
            limiter.check(SampleRequest.from("203.0.113.7"));
        }
    }

    /** All figures but zeros. */
    private Map<String, Long> counted() {
        return figures.all().stream()
                .filter(figure -> figure.reading().getAsLong() != 0)
                .collect(Collectors.toMap(Figure::id, figure -> figure.reading().getAsLong()));
    }
}

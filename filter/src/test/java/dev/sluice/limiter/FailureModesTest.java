package dev.sluice.limiter;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.key.SampleRequest;
import dev.sluice.policy.FailureMode;
import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;
import dev.sluice.store.BucketStore;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.store.local.LocalBucketStore;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FailureModesTest {

    private static final TokenBucket TWO = TokenBucket.of(2, 1, Duration.ofHours(1));
    private static final TokenBucket TEN = TokenBucket.of(10, 1, Duration.ofHours(1));

    private static final BucketStore DOWN = charges -> {
        throw StoreUnavailableException.forAll("down");
    };

    private final LocalBucketStore local = new LocalBucketStore(() -> 0, 1_000);

    @Test
    void localLimitsOnItsOwn() {
        RateLimiter limiter = limiter(DOWN, policy("a", TWO, Mode.ENFORCE, FailureMode.LOCAL));
        assertThat(check(limiter)).isInstanceOf(Verdict.Permitted.class);
        assertThat(check(limiter)).isInstanceOf(Verdict.Permitted.class);
        Verdict third = check(limiter);
        assertThat(third).isInstanceOf(Verdict.Rejected.class);
        assertThat(third.degraded()).isTrue();
        assertThat(third.decisions()).hasSize(1);
    }

    @Test
    void permitLetsPassAndTellsNothing() {
        RateLimiter limiter = limiter(DOWN, policy("a", TWO, Mode.ENFORCE, FailureMode.PERMIT));
        for (int i = 0; i < 10; i++) {
            Verdict verdict = check(limiter);
            assertThat(verdict).isInstanceOf(Verdict.Permitted.class);
            assertThat(verdict.degraded()).isTrue();
            assertThat(verdict.decisions()).isEmpty();
        }
    }

    @Test
    void rejectIsNeitherAPermitNorARejectionByTheLimit() {
        Verdict verdict = check(limiter(DOWN, policy("a", TWO, Mode.ENFORCE, FailureMode.REJECT)));
        assertThat(verdict).isInstanceOf(Verdict.Unavailable.class);
        assertThat(verdict.degraded()).isTrue();
        assertThat(verdict.decisions()).isEmpty();
    }

    @Test
    void aVerdictNamesThePoliciesThatTheStoreDidNotDecide() {
        Policy sound = policy("sound", TEN, Mode.ENFORCE, FailureMode.PERMIT);
        Policy foreign = policy("foreign", TEN, Mode.ENFORCE, FailureMode.LOCAL);
        Policy refusing = policy("refusing", TEN, Mode.ENFORCE, FailureMode.REJECT);
        assertThat(check(limiter(new LocalBucketStore(), sound, foreign)).undecided())
                .isEmpty();
        assertThat(check(limiter(DOWN, sound, foreign)).undecided()).containsExactly(sound, foreign);
        assertThat(check(limiter(DOWN, refusing, foreign)).undecided()).containsExactly(refusing, foreign);
        assertThat(check(limiter(foreignKeyOf("foreign"), sound, foreign)).undecided())
                .containsExactly(foreign);
        assertThat(check(limiter(foreignKeyOf("refusing"), sound, refusing)).undecided())
                .containsExactly(refusing);
    }

    @Test
    void eachPolicyTakesItsOwnAndTheStrictestDecides() {
        Policy localTwo = policy("local", TWO, Mode.ENFORCE, FailureMode.LOCAL);
        Policy permit = policy("permit", TEN, Mode.ENFORCE, FailureMode.PERMIT);
        Policy reject = policy("reject", TEN, Mode.ENFORCE, FailureMode.REJECT);
        RateLimiter two = limiter(DOWN, localTwo, permit);
        assertThat(check(two).decisions())
                .singleElement()
                .satisfies(each -> assertThat(each.policy()).isEqualTo(localTwo));
        check(two);
        assertThat(check(two)).isInstanceOf(Verdict.Rejected.class);
        assertThat(check(limiter(DOWN, permit, reject))).isInstanceOf(Verdict.Unavailable.class);
        assertThat(check(limiter(DOWN, localTwo, permit, reject))).isInstanceOf(Verdict.Unavailable.class);
    }

    @Test
    void aRequestThatIsAnswered503TakesNoLocalToken() {
        Policy localTwo = policy("local", TWO, Mode.ENFORCE, FailureMode.LOCAL);
        check(limiter(DOWN, localTwo, policy("reject", TEN, Mode.ENFORCE, FailureMode.REJECT)));
        assertThat(check(limiter(DOWN, localTwo)).decisions().get(0).decision().remaining())
                .isEqualTo(1);
    }

    @Test
    void aShadowPolicyNeverRejectsAnything() {
        for (FailureMode mode : FailureMode.values()) {
            RateLimiter limiter = limiter(DOWN, policy("s", TWO, Mode.SHADOW, mode));
            for (int i = 0; i < 5; i++) {
                assertThat(check(limiter)).isInstanceOf(Verdict.Permitted.class);
            }
        }
    }

    @Test
    void onlyThePolicyOfAForeignKeyTakesItsFailureMode() {
        Policy sound = policy("sound", TEN, Mode.ENFORCE, FailureMode.REJECT);
        Policy foreign = policy("foreign", TWO, Mode.ENFORCE, FailureMode.LOCAL);
        RateLimiter limiter = limiter(foreignKeyOf("foreign"), sound, foreign);
        Verdict verdict = check(limiter);
        assertThat(verdict).isInstanceOf(Verdict.Permitted.class);
        assertThat(verdict.degraded()).isTrue();
        assertThat(verdict.decisions())
                .extracting(each -> each.policy().name())
                .containsExactlyInAnyOrder("sound", "foreign");
        check(limiter);
        assertThat(check(limiter)).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void aRejectionBesideAForeignKeyIsDegradedToo() {
        Policy sound = policy("sound", new TokenBucket(1, 1, 3_600_000_000L), Mode.ENFORCE, FailureMode.LOCAL);
        RateLimiter limiter =
                limiter(foreignKeyOf("foreign"), sound, policy("foreign", TEN, Mode.ENFORCE, FailureMode.PERMIT));
        assertThat(check(limiter).degraded()).isTrue();
        Verdict second = check(limiter);
        assertThat(second).isInstanceOf(Verdict.Rejected.class);
        assertThat(second.degraded()).isTrue();
    }

    @Test
    void aShareIsThatPartOfTheLimit() {
        Policy policy = policy("a", TEN, Mode.ENFORCE, FailureMode.LOCAL);
        RateLimiter limiter =
                new RateLimiter(List.of(policy), request -> false, DOWN, local, new LocalShare(4), Observer.NONE);
        assertThat(check(limiter)).isInstanceOf(Verdict.Permitted.class);
        assertThat(check(limiter)).isInstanceOf(Verdict.Permitted.class);
        assertThat(check(limiter))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> assertThat(rejected.retryAfter()).isEqualTo(Duration.ofHours(4)));
    }

    @Test
    void aShareIsNeverLessThanAToken() {
        Charge charge = new Charge(BucketKey.unnamed("x"), TWO, 2, true);
        Charge share = new LocalShare(1_000_000).of(charge);
        assertThat(share.bucket().capacity()).isEqualTo(1);
        assertThat(share.cost()).isEqualTo(1);
        assertThat(LocalShare.WHOLE.of(charge)).isEqualTo(charge);
        assertThatThrownBy(() -> new LocalShare(0)).hasMessageContaining("was 0");
    }

    @Test
    void anOutageIsPutIntoWords() {
        Policy a = policy("a", TWO, Mode.ENFORCE, FailureMode.LOCAL);
        Policy b = policy("b", TWO, Mode.ENFORCE, FailureMode.LOCAL);
        Policy c = policy("c", TWO, Mode.ENFORCE, FailureMode.REJECT);
        Policy d = policy("d", TWO, Mode.ENFORCE, FailureMode.PERMIT);
        assertThat(FailureModes.inWords(List.of(a, b))).isEqualTo("limiting per server");
        assertThat(FailureModes.inWords(List.of(c))).isEqualTo("answering 503");
        assertThat(FailureModes.inWords(List.of(a, b, c, d)))
                .isEqualTo("limiting per server (a, b), letting requests pass (d), answering 503 (c)");
    }

    /** Decides in this JVM, but the keys of one policy hold something else. */
    private static BucketStore foreignKeyOf(String policy) {
        LocalBucketStore sound = new LocalBucketStore(() -> 0, 1_000);
        return charges -> {
            for (Charge charge : charges) {
                if (charge.key().text().contains(policy)) {
                    throw StoreUnavailableException.forBuckets(Set.of(charge.key()), "foreign");
                }
            }
            List<Decision> decisions = sound.tryConsume(charges);
            return decisions;
        };
    }

    private RateLimiter limiter(BucketStore store, Policy... policies) {
        return new RateLimiter(List.of(policies), request -> false, store, local);
    }

    private static Policy policy(String name, TokenBucket bucket, Mode mode, FailureMode onFailure) {
        return Policies.policy(name, bucket, mode, onFailure);
    }

    private static Verdict check(RateLimiter limiter) {
        return limiter.check(SampleRequest.from("203.0.113.7"));
    }
}

package dev.sluice.http;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.limiter.Policies;
import dev.sluice.limiter.PolicyDecision;
import dev.sluice.limiter.Verdict;
import dev.sluice.policy.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitFieldsTest {

    private static final Policy LOGIN = Policies.enforced("login", TokenBucket.of(5, 5, Duration.ofMinutes(1)));
    private static final Policy API = Policies.enforced("api", TokenBucket.of(200, 100, Duration.ofSeconds(1)));
    private static final Policy TRIAL = Policies.shadow("trial", TokenBucket.of(1, 1, Duration.ofDays(1)));

    @ParameterizedTest(name = "{0} left, next in {1} us: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "4 | 12000000 | '\"login\";r=4;t=12'",
                "4 | 11000001 | '\"login\";r=4;t=12'",
                "4 | 11000000 | '\"login\";r=4;t=11'",
                "0 | 1        | '\"login\";r=0;t=1'",
                "5 | 0        | '\"login\";r=5'",
            })
    void tellsWhatIsLeftAndWhenTheNextTokenComes(long remaining, long nextTokenMicros, String field) {
        Verdict verdict = verdict(decided(LOGIN, new Decision.Permitted(remaining, nextTokenMicros)));
        assertThat(fields(HeaderProfile.DRAFT_11, verdict))
                .containsExactly(new Field("RateLimit-Policy", "\"login\";q=5;w=60"), new Field("RateLimit", field));
    }

    @Test
    void listsEveryEnforcedPolicyInTheirOrder() {
        Verdict verdict = verdict(
                decided(LOGIN, new Decision.Rejected(0, 12_000_000, 12_000_000)),
                decided(API, new Decision.Permitted(150, 10_000)));
        assertThat(fields(HeaderProfile.DRAFT_11, verdict))
                .containsExactly(
                        new Field("RateLimit-Policy", "\"login\";q=5;w=60, \"api\";q=200;w=2"),
                        new Field("RateLimit", "\"login\";r=0;t=12, \"api\";r=150;t=1"));
    }

    @Test
    void neverTellsOfShadowPolicies() {
        Verdict verdict = verdict(
                decided(TRIAL, new Decision.Rejected(0, 5, 5)), decided(API, new Decision.Permitted(150, 10_000)));
        assertThat(fields(HeaderProfile.DRAFT_11, verdict))
                .containsExactly(
                        new Field("RateLimit-Policy", "\"api\";q=200;w=2"),
                        new Field("RateLimit", "\"api\";r=150;t=1"));
        assertThat(fields(HeaderProfile.DRAFT_11, verdict(decided(TRIAL, new Decision.Rejected(0, 5, 5)))))
                .isEmpty();
    }

    @Test
    void tellsNothingOfARequestThatNoPolicyGoverns() {
        for (HeaderProfile profile : HeaderProfile.values()) {
            assertThat(fields(profile, Verdict.UNGOVERNED)).isEmpty();
        }
    }

    @Test
    void theLegacyProfileTellsOfThePolicyNearestToRejecting() {
        Verdict verdict = verdict(
                decided(LOGIN, new Decision.Permitted(3, 12_000_000)),
                decided(API, new Decision.Permitted(150, 10_000)));
        assertThat(fields(HeaderProfile.LEGACY, verdict))
                .containsExactly(
                        new Field("X-RateLimit-Limit", "5"),
                        new Field("X-RateLimit-Remaining", "3"),
                        new Field("X-RateLimit-Reset", "24"));
    }

    @Test
    void theLegacyProfileTellsOfThePolicyThatRejectsLongest() {
        Verdict verdict = verdict(
                decided(LOGIN, new Decision.Rejected(0, 12_000_000, 12_000_000)),
                decided(API, new Decision.Rejected(0, 10_000, 10_000)));
        assertThat(fields(HeaderProfile.LEGACY, verdict))
                .containsExactly(
                        new Field("X-RateLimit-Limit", "5"),
                        new Field("X-RateLimit-Remaining", "0"),
                        new Field("X-RateLimit-Reset", "60"));
    }

    @Test
    void theProfileNoneTellsNothing() {
        assertThat(fields(HeaderProfile.NONE, verdict(decided(API, new Decision.Permitted(1, 1)))))
                .isEmpty();
    }

    private static List<Field> fields(HeaderProfile profile, Verdict verdict) {
        return new RateLimitFields(profile, List.of(LOGIN, API, TRIAL)).of(verdict);
    }

    private static Verdict verdict(PolicyDecision... decisions) {
        return Verdict.of(List.of(decisions), List.of());
    }

    private static PolicyDecision decided(Policy policy, Decision decision) {
        return new PolicyDecision(policy, decision);
    }
}

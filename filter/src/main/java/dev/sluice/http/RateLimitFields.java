package dev.sluice.http;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.limiter.PolicyDecision;
import dev.sluice.limiter.Verdict;
import dev.sluice.policy.Policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * A verdict as rate limit header fields, for both outcomes. The only place that knows their syntax. Immutable. Safe for
 * use by many threads.
 *
 * <p>{@link HeaderProfile#DRAFT_11} is draft-ietf-httpapi-ratelimit-headers-11 in the canonical form of RFC 9651:
 *
 * <pre>
 *   RateLimit-Policy: "login";q=5;w=60      capacity, seconds from empty to full
 *   RateLimit: "login";r=4;t=12             whole tokens left, seconds until the next one; no t when full
 * </pre>
 *
 * Seconds are rounded up, so that who waits as told is never early.
 */
public final class RateLimitFields {

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final HeaderProfile profile;
    private final Map<String, Field> policyFields = new HashMap<>();

    /** @param policies every policy that a verdict may name */
    public RateLimitFields(HeaderProfile profile, List<Policy> policies) {
        this.profile = profile;
        for (Policy policy : policies) {
            TokenBucket bucket = policy.bucket();
            policyFields.put(
                    policy.name(),
                    policyField('"' + policy.name() + "\";q=" + bucket.capacity() + ";w="
                            + secondsRoundedUp(bucket.fillMicros())));
        }
    }

    /** The fields for this verdict; none if no enforced policy decided. */
    public List<Field> of(Verdict verdict) {
        List<PolicyDecision> decisions = verdict.enforced();
        if (decisions.isEmpty()) {
            return List.of();
        }
        return switch (profile) {
            case DRAFT_11 -> draft11(decisions);
            case LEGACY -> legacy(nearestToRejecting(decisions));
            case NONE -> List.of();
        };
    }

    /** Whole seconds, rounded up. */
    static long secondsRoundedUp(long micros) {
        return (micros + MICROS_PER_SECOND - 1) / MICROS_PER_SECOND;
    }

    private List<Field> draft11(List<PolicyDecision> decisions) {
        StringBuilder limit = new StringBuilder(32 * decisions.size());
        for (PolicyDecision each : decisions) {
            if (limit.length() > 0) {
                limit.append(", ");
            }
            Decision decision = each.decision();
            limit.append('"').append(each.policy().name()).append("\";r=").append(decision.remaining());
            if (decision.nextTokenMicros() > 0) {
                limit.append(";t=").append(secondsRoundedUp(decision.nextTokenMicros()));
            }
        }
        return List.of(policies(decisions), new Field("RateLimit", limit.toString()));
    }

    /** Of a single policy it is always the same. */
    private Field policies(List<PolicyDecision> decisions) {
        if (decisions.size() == 1) {
            return field(decisions.get(0));
        }
        StringJoiner items = new StringJoiner(", ");
        for (PolicyDecision each : decisions) {
            items.add(field(each).value());
        }
        return policyField(items.toString());
    }

    private Field field(PolicyDecision decision) {
        return Objects.requireNonNull(policyFields.get(decision.policy().name()));
    }

    private static Field policyField(String items) {
        return new Field("RateLimit-Policy", items);
    }

    private static List<Field> legacy(PolicyDecision nearest) {
        TokenBucket bucket = nearest.policy().bucket();
        Decision decision = nearest.decision();
        return List.of(
                new Field("X-RateLimit-Limit", Long.toString(bucket.capacity())),
                new Field("X-RateLimit-Remaining", Long.toString(decision.remaining())),
                new Field("X-RateLimit-Reset", Long.toString(secondsRoundedUp(microsUntilFull(bucket, decision)))));
    }

    /** The next token, and then the rest of them, one after the other. */
    private static long microsUntilFull(TokenBucket bucket, Decision decision) {
        long missing = bucket.capacity() - decision.remaining();
        if (missing == 0) {
            return 0;
        }
        long rest = (missing - 1) * bucket.refillPeriodMicros();
        return decision.nextTokenMicros() + (rest + bucket.refillTokens() - 1) / bucket.refillTokens();
    }

    /** Of those that rejected, the one that does so longest; if none did, the one that can pay the fewest requests. */
    private static PolicyDecision nearestToRejecting(List<PolicyDecision> decisions) {
        PolicyDecision nearest = decisions.get(0);
        for (PolicyDecision each : decisions) {
            if (patience(each) < patience(nearest)) {
                nearest = each;
            }
        }
        return nearest;
    }

    private static long patience(PolicyDecision each) {
        return each.decision() instanceof Decision.Rejected rejected
                ? -rejected.retryAfterMicros()
                : each.decision().remaining() / each.policy().cost();
    }
}

package dev.sluice.limiter;

import dev.sluice.bucket.Decision;
import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome for one request: what all policies that match it decided together. The filter leaves it in the request
 * attribute {@code dev.sluice.verdict}, for the application to read. Immutable.
 */
public sealed interface Verdict {

    /** No policy matches, or the client is exempt. */
    Verdict UNGOVERNED = new Permitted(List.of(), List.of());

    /** What each matching policy decided, shadow policies included; without those that could not decide. */
    List<PolicyDecision> decisions();

    /** The policies for which the store gave no decision, so that their failure mode did. */
    List<Policy> undecided();

    /** Whether there are any {@link #undecided} policies. */
    default boolean degraded() {
        return !undecided().isEmpty();
    }

    /** The decisions of the policies that are enforced: those a client may be told of. */
    default List<PolicyDecision> enforced() {
        for (PolicyDecision decision : decisions()) {
            if (decision.policy().mode() != Mode.ENFORCE) {
                return decisions().stream()
                        .filter(each -> each.policy().mode() == Mode.ENFORCE)
                        .toList();
            }
        }
        return decisions();
    }

    /** The verdict that follows from the decisions: one enforced policy that rejects is enough. */
    static Verdict of(List<PolicyDecision> decisions, List<Policy> undecided) {
        for (PolicyDecision each : decisions) {
            if (each.policy().mode() == Mode.ENFORCE && each.decision() instanceof Decision.Rejected) {
                return new Rejected(decisions, undecided);
            }
        }
        return new Permitted(decisions, undecided);
    }

    /** The request passes. */
    record Permitted(List<PolicyDecision> decisions, List<Policy> undecided) implements Verdict {}

    /** At least one enforced policy rejected, and none was charged. */
    record Rejected(List<PolicyDecision> decisions, List<Policy> undecided) implements Verdict {

        /** How long until the request could pass, if nobody else consumes: the longest of those that rejected. */
        public Duration retryAfter() {
            long longestMicros = 0;
            for (PolicyDecision each : enforced()) {
                if (each.decision() instanceof Decision.Rejected rejected) {
                    longestMicros = Math.max(longestMicros, rejected.retryAfterMicros());
                }
            }
            return Duration.of(longestMicros, ChronoUnit.MICROS);
        }

        /** The names of the policies that rejected. */
        public List<String> violatedPolicies() {
            List<String> names = new ArrayList<>(1);
            for (PolicyDecision each : enforced()) {
                if (each.decision() instanceof Decision.Rejected) {
                    names.add(each.policy().name());
                }
            }
            return names;
        }
    }

    /** The store cannot answer, and a policy that matches says to reject then. */
    record Unavailable(List<PolicyDecision> decisions, List<Policy> undecided) implements Verdict {}
}

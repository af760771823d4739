package dev.sluice.limiter;

import dev.sluice.bucket.Decision;
import dev.sluice.policy.Policy;

/** What one policy decided for one request. Immutable. */
public record PolicyDecision(Policy policy, Decision decision) {

    /** Written out: in JDK 17 that of a record keeps the types of its components, and so our class loader, for good. */
    @Override
    public String toString() {
        return policy + ": " + decision;
    }
}

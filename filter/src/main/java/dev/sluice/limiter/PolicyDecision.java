package dev.sluice.limiter;

import dev.sluice.bucket.Decision;
import dev.sluice.policy.Policy;

/** What one policy decided for one request. Immutable. */
public record PolicyDecision(Policy policy, Decision decision) {}

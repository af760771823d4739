package dev.sluice.policy;

/** What happens to the requests of a policy while the store cannot answer. */
public enum FailureMode {
    /** They are limited all the same, by buckets of this server alone. */
    LOCAL,
    /** They pass. */
    PERMIT,
    /** They are answered 503. */
    REJECT
}

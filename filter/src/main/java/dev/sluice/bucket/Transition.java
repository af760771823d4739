package dev.sluice.bucket;

/** One step of a bucket: what is stored from now on, and what was decided. Immutable. */
public record Transition(BucketState state, Decision decision) {}

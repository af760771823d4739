package dev.sluice.config;

import dev.sluice.policy.FailureMode;
import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;

import java.util.List;

/** What is said of one policy, each value with its origin. Immutable. */
record PolicyValues(
        String name,
        Value<List<String>> paths,
        Value<List<String>> except,
        Value<List<String>> methods,
        Value<String> key,
        Value<Long> capacity,
        Value<Refill> refill,
        Value<Long> cost,
        Value<Mode> mode,
        Value<FailureMode> onFailure) {

    static PolicyValues named(String name, Values values) {
        return new PolicyValues(
                name,
                values.of(PolicyOptions.PATHS, name),
                values.of(PolicyOptions.EXCEPT, name),
                values.of(PolicyOptions.METHODS, name),
                values.of(PolicyOptions.KEY, name),
                values.of(PolicyOptions.CAPACITY, name),
                values.of(PolicyOptions.REFILL, name),
                values.of(PolicyOptions.COST, name),
                values.of(PolicyOptions.MODE, name),
                values.of(PolicyOptions.ON_FAILURE, name));
    }

    /** The one policy where none is named. */
    static PolicyValues unnamed(Values values) {
        return new PolicyValues(
                Policy.UNNAMED,
                values.unsaid(PolicyOptions.PATHS),
                values.unsaid(PolicyOptions.EXCEPT),
                values.unsaid(PolicyOptions.METHODS),
                values.unsaid(PolicyOptions.KEY),
                values.of(Options.BUCKET_CAPACITY),
                values.of(Options.REFILL_RATE),
                values.unsaid(PolicyOptions.COST),
                values.unsaid(PolicyOptions.MODE),
                values.unsaid(PolicyOptions.ON_FAILURE));
    }
}

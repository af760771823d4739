package dev.sluice.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is in force, for people to read. Immutable; secrets are masked.
 *
 * @param general options of the whole filter: where Redis is, and what somebody has set
 * @param policies those in force by name, each with its options
 */
public record Overview(List<Entry> general, Map<String, List<Entry>> policies) {

    private static final Set<Option<?>> ALWAYS_TOLD = Set.of(Options.REDIS_ADDRESS, Options.REDIS_DEADLINE);
    private static final Set<Option<?>> OF_THE_UNNAMED_POLICY = Set.of(Options.BUCKET_CAPACITY, Options.REFILL_RATE);

    /**
     * One option.
     *
     * @param option {@code redis.deadline}, or of a policy the last word, {@code capacity}
     * @param value as it is written
     * @param origin where it stands, or {@code default}
     */
    public record Entry(String option, String value, String origin) {}

    public Overview {
        general = List.copyOf(general);
        policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
    }

    static Overview of(Values values, Map<String, PolicyValues> policies) {
        List<Entry> general = new ArrayList<>();
        for (Option<?> option : Options.all()) {
            if (!option.is(Trait.INIT_PARAM_ONLY) && !OF_THE_UNNAMED_POLICY.contains(option)) {
                Value<?> value = values.of(option);
                if (value.given().isPresent() || ALWAYS_TOLD.contains(option)) {
                    general.add(value.entry(value.name()));
                }
            }
        }
        Map<String, List<Entry>> ofPolicies = new LinkedHashMap<>();
        policies.forEach((name, policy) -> ofPolicies.put(name, entries(policy)));
        return new Overview(general, ofPolicies);
    }

    private static List<Entry> entries(PolicyValues policy) {
        List<Entry> entries = new ArrayList<>();
        entries.add(policy.paths().entry("paths"));
        addIfGiven(entries, "except", policy.except());
        addIfGiven(entries, "methods", policy.methods());
        entries.add(policy.key().entry("key"));
        entries.add(policy.capacity().entry("capacity"));
        entries.add(policy.refill().entry("refill"));
        addIfGiven(entries, "cost", policy.cost());
        addIfGiven(entries, "mode", policy.mode());
        entries.add(policy.onFailure().entry("on-failure"));
        return entries;
    }

    private static void addIfGiven(List<Entry> entries, String option, Value<?> value) {
        if (value.given().isPresent()) {
            entries.add(value.entry(option));
        }
    }
}

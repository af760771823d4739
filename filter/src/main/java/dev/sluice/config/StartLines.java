package dev.sluice.config;

import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is said at start of what is in force, and where each value came from. */
final class StartLines {

    private static final Set<Option<?>> TOLD_ELSEWHERE = Set.of(
            Options.REDIS_ADDRESS,
            Options.REDIS_DEADLINE,
            Options.BUCKET_CAPACITY,
            Options.REFILL_RATE,
            Options.PREFIX);

    private StartLines() {}

    static String redis(Values values) {
        return "Redis " + values.of(Options.REDIS_ADDRESS).withOrigin() + ", deadline "
                + values.of(Options.REDIS_DEADLINE).withOrigin();
    }

    /** Options of the whole filter that somebody has set, and no other line tells; none if there are none. */
    static Optional<String> others(Values values) {
        List<String> set = Options.all().stream()
                .filter(option -> !TOLD_ELSEWHERE.contains(option))
                .map(values::of)
                .filter(value -> value.given().isPresent())
                .map(Value::toString)
                .toList();
        return set.isEmpty() ? Optional.empty() : Optional.of("also set: " + String.join(", ", set));
    }

    /** {@code policy login: capacity 5 (…), refill 5/1m (…), 0.08333 tokens per second, full in 1m, key ip (default), …}. */
    static String policy(PolicyValues values, Policy policy) {
        if (policy.mode() == Mode.OFF) {
            return "policy " + values.name() + ": mode " + values.mode().withOrigin() + ", not in force";
        }
        List<String> parts = new ArrayList<>();
        parts.add("capacity " + values.capacity().withOrigin());
        parts.add("refill " + values.refill().withOrigin());
        parts.add(values.refill().get().perSecond() + " tokens per second");
        parts.add("full in " + Period.text(policy.bucket().fillMicros()));
        parts.add("key " + values.key().withOrigin());
        parts.add("paths " + values.paths().withOrigin());
        addIfGiven(parts, "except", values.except());
        addIfGiven(parts, "methods", values.methods());
        addIfGiven(parts, "cost", values.cost());
        addIfGiven(parts, "mode", values.mode());
        parts.add("on-failure " + values.onFailure().withOrigin());
        return "policy " + values.name() + ": " + String.join(", ", parts);
    }

    private static void addIfGiven(List<String> parts, String name, Value<?> value) {
        if (value.given().isPresent()) {
            parts.add(name + " " + value.withOrigin());
        }
    }
}

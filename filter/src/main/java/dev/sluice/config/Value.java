package dev.sluice.config;

import java.util.Optional;

/**
 * The value in force of one option. Immutable.
 *
 * @param option the row of the table
 * @param name of the option, {@code policy.login.capacity}
 * @param given who says so; empty if it is the value for where nobody does
 * @param parsed the value; empty if nobody gave one and the option has none of its own
 * @param bad whether what was given is a mistake, already told
 */
record Value<T>(Option<T> option, String name, Optional<Given> given, Optional<T> parsed, boolean bad) {

    /** The value of an option that always has one. */
    T get() {
        return parsed.orElseThrow();
    }

    /** {@code 5/1m (META-INF/microprofile-config.properties)}, {@code ip (default)}. */
    String withOrigin() {
        Overview.Entry entry = entry(name);
        return entry.value() + " (" + entry.origin() + ")";
    }

    /** The value as it is written, and where. */
    Overview.Entry entry(String label) {
        return given.map(each -> new Overview.Entry(label, Quoted.bare(option, each.value()), origin(each)))
                .orElseGet(() -> new Overview.Entry(label, option.fallback().orElse("none"), "default"));
    }

    private String origin(Given each) {
        return each.origin().equals(Origins.ENVIRONMENT) || each.origin().equals(Origins.DOT_ENV)
                ? each.origin() + " " + Quoted.escaped(each.name())
                : each.origin();
    }

    @Override
    public String toString() {
        return name + " " + withOrigin();
    }

    /** {@code ratelimit.cost = "7"}, to point at one value in a message about another. */
    String quoted() {
        return given.map(each -> Quoted.escaped(each.name()) + " = " + Quoted.value(option, each.value()))
                .orElseGet(() -> name + " = " + option.fallback().orElse("") + " (default)");
    }
}

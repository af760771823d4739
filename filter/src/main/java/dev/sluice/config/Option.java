package dev.sluice.config;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A row of the table. Immutable.
 *
 * @param name without prefix: {@code bucket.capacity}, {@code policy.<name>.capacity}
 * @param format how a value is written, and what its bounds are
 * @param fallback the value where none is given, as one would write it
 * @param inherits the option of all policies whose value counts where this one has none
 * @param group how many have use for it
 * @param traits what is special
 * @param meaning a sentence or two
 */
record Option<T>(
        String name,
        Format<T> format,
        Optional<String> fallback,
        Optional<Option<T>> inherits,
        Group group,
        Set<Trait> traits,
        String meaning) {

    private static final String POLICY = "<name>";

    Option(Group group, String name, Format<T> format, String meaning) {
        this(name, format, Optional.empty(), Optional.empty(), group, Set.of(), meaning);
    }

    /** The same with a value for where none is given. */
    Option<T> or(String value) {
        return new Option<>(name, format, Optional.of(value), inherits, group, traits, meaning);
    }

    /** The same, looking to an option of all policies where none is given. */
    Option<T> or(Option<T> general) {
        return new Option<>(name, format, fallback, Optional.of(general), group, traits, meaning);
    }

    Option<T> with(Trait first, Trait... more) {
        return new Option<>(name, format, fallback, inherits, group, EnumSet.of(first, more), meaning);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** The name for one policy: {@code policy.login.capacity}. */
    String nameIn(String policy) {
        return name.replace(POLICY, policy);
    }

    /** The last word of the name: {@code capacity}, {@code on-failure}. */
    String word() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    // Written out: the generated one would keep the application's class loader alive (JDK 17, ObjectMethods).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Option<?> option && name.equals(option.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}

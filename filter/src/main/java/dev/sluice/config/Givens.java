package dev.sluice.config;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** The values that won, by option name. Compared to see whether anything changed; its text shows none of them. */
public record Givens(Map<String, Given> byOption) {

    public Givens {
        byOption = Map.copyOf(byOption);
    }

    @Override
    public String toString() {
        return byOption.size() + " values";
    }

    // Written out: the generated one would keep the application's class loader alive (JDK 17, ObjectMethods).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Givens givens && byOption.equals(givens.byOption);
    }

    @Override
    public int hashCode() {
        return byOption.hashCode();
    }
}

package dev.sluice.config;

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
}

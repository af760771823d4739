package dev.sluice.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The mistakes of one reading, in the order found, each once. Confined to one reading. */
final class Mistakes {

    private static final int LONGEST = 2_000;

    private final Set<String> lines = new LinkedHashSet<>();

    void add(String line) {
        lines.add(Quoted.escaped(line, LONGEST));
    }

    /** {@code name = "value" (origin): message}. */
    void add(Option<?> option, Given given, String message) {
        add(Quoted.escaped(given.name()) + " = " + Quoted.value(option, given.value()) + " (" + given.origin() + "): "
                + message);
    }

    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new ConfigurationException(List.copyOf(lines));
        }
    }
}

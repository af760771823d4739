package dev.sluice.config;

import java.util.List;
import java.util.Optional;

/** {@code ratelimit.bucket.capacity}: properties, and everything in MicroProfile Config. */
record DottedNames(String prefix) implements Spelling {

    @Override
    public List<String> of(String option) {
        return List.of(prefix + "." + option);
    }

    @Override
    public String advised(String option) {
        return prefix + "." + option;
    }

    @Override
    public Optional<String> optionOf(String name) {
        return name.startsWith(prefix + ".") ? Optional.of(name.substring(prefix.length() + 1)) : Optional.empty();
    }

    @Override
    public boolean isLoose() {
        return false;
    }
}

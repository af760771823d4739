package dev.sluice.config;

import java.util.List;
import java.util.Optional;

/** {@code bucket.capacity}: init-params belong to one filter, and need no prefix. */
record ParameterNames() implements Spelling {

    @Override
    public List<String> of(String option) {
        return List.of(option);
    }

    @Override
    public String advised(String option) {
        return option;
    }

    @Override
    public Optional<String> optionOf(String name) {
        return name.equals(MapSource.ORDINAL) ? Optional.empty() : Optional.of(name);
    }

    @Override
    public boolean isLoose() {
        return false;
    }
}

package dev.sluice.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A source whose values lie open in a map.
 *
 * @param origin for messages
 * @param ordinal of all its values
 */
record MapSource(String origin, int ordinal, Spelling spelling, Map<String, String> values) implements Source {

    /** The name by which a source tells its own ordinal, as in MicroProfile Config. */
    static final String ORDINAL = "config_ordinal";

    /** A source of this ordinal, unless it tells another; an ordinal that is no number does not count. */
    static MapSource of(String origin, int usualOrdinal, Spelling spelling, Map<String, String> values) {
        String variable = spelling.isLoose() ? values.getOrDefault(ORDINAL.toUpperCase(Locale.ROOT), "") : "";
        String ordinal = values.getOrDefault(ORDINAL, variable);
        boolean number = ordinal.matches("-?[0-9]{1,9}");
        return new MapSource(origin, number ? Integer.parseInt(ordinal) : usualOrdinal, spelling, values);
    }

    @Override
    public Optional<Given> find(String option) {
        return spelling.of(option).stream()
                .filter(values::containsKey)
                .map(name -> new Given(name, values.get(name), origin, ordinal))
                .findFirst();
    }

    /** Without values: some are secret. */
    @Override
    public String toString() {
        return origin + " at " + ordinal;
    }

    @Override
    public List<Mention> mentions() {
        return values.entrySet().stream()
                .flatMap(each -> spelling
                        .optionOf(each.getKey())
                        .map(option -> new Mention(each.getKey(), each.getValue(), option, origin, spelling))
                        .stream())
                .toList();
    }
}

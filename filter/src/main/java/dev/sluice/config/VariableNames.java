package dev.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code RATELIMIT_BUCKET_CAPACITY}: environment variables, by the mapping of MicroProfile Config (as it stands; with
 * {@code _} for all but letters and digits; the same in capitals), and then a few by their bare names.
 *
 * @param prefix as in {@link DottedNames}
 * @param bareOnly whether somebody else reads the full names already
 */
record VariableNames(String prefix, boolean bareOnly) implements Spelling {

    private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9]");

    @Override
    public List<String> of(String option) {
        List<String> names = new ArrayList<>();
        if (!bareOnly) {
            String full = prefix + "." + option;
            names.addAll(List.of(full, mapped(full), capitals(full)));
        }
        Options.named(option).filter(row -> row.is(Trait.BARE_NAME)).ifPresent(row -> names.add(capitals(option)));
        return names;
    }

    @Override
    public String advised(String option) {
        return capitals(prefix + "." + option);
    }

    @Override
    public Optional<String> optionOf(String name) {
        for (String start : List.of(prefix + ".", mapped(prefix + "."), capitals(prefix + "."))) {
            if (name.startsWith(start) && name.length() > start.length()) {
                return Optional.of(option(name.substring(start.length())));
            }
        }
        return Optional.empty();
    }

    /** Back from the mapping, which has one reading: policy names have no underscore, and the ends are a closed set. */
    private static String option(String variable) {
        String rest = capitals(variable);
        Optional<String> general = Options.all().stream()
                .map(Option::name)
                .filter(name -> capitals(name).equals(rest))
                .findFirst();
        return general.or(() -> policyOption(rest)).orElse(variable);
    }

    private static Optional<String> policyOption(String rest) {
        String start = "POLICY_";
        return PolicyOptions.words().stream()
                .filter(word -> rest.startsWith(start) && rest.endsWith("_" + capitals(word)))
                .filter(word -> rest.length() > start.length() + 1 + word.length())
                .map(word -> "policy."
                        + rest.substring(start.length(), rest.length() - 1 - word.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-')
                        + "."
                        + word)
                .findFirst();
    }

    @Override
    public boolean isLoose() {
        return true;
    }

    private static String mapped(String name) {
        return OTHER.matcher(name).replaceAll("_");
    }

    private static String capitals(String name) {
        return mapped(name).toUpperCase(Locale.ROOT);
    }
}

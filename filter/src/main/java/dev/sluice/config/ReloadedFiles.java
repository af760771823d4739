package dev.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * MicroProfile Config reads {@code microprofile-config.properties} once. Where a file has changed since the first reading,
 * what it says now takes the place of what it said then; all else is left to MicroProfile Config: values that a line of a
 * profile has given, or may have given, new lines of profiles, and the parts of expressions. These wait for a restart, and
 * so does a new value with an expression.
 *
 * @param microProfile who read the files at start
 * @param written what stands there for an option, expressions not expanded
 * @param atStart what the files said at the first reading
 * @param now what they say
 */
record ReloadedFiles(
        Source microProfile, Function<String, Optional<String>> written, List<MapSource> atStart, List<MapSource> now)
        implements Source {

    @Override
    public Optional<Given> find(String option) {
        Optional<Given> known = microProfile.find(option);
        Optional<Given> before = Sources.winner(atStart, option);
        Optional<Given> after = Sources.winner(now, option);
        boolean changed = !before.map(Given::value).equals(after.map(Given::value));
        boolean plain = after.map(given -> !given.value().contains("${")).orElse(true);
        return changed && plain && isOfPlainLine(option, known, before) ? after : known;
    }

    /** Whether it was the plain line of a file that won at start, and not that of a profile, or another source. */
    private boolean isOfPlainLine(String option, Optional<Given> known, Optional<Given> before) {
        if (known.isEmpty() || before.isEmpty()) {
            return known.isEmpty() && before.isEmpty();
        }
        return known.get().origin().equals(Origins.FILE)
                && written.apply(option).equals(before.map(Given::value))
                && atStart.stream().noneMatch(file -> aProfileSaysTheSame(file, before.get()));
    }

    private static boolean aProfileSaysTheSame(MapSource file, Given plain) {
        return file.values().entrySet().stream()
                .filter(line -> line.getKey().startsWith("%") && line.getKey().endsWith("." + plain.name()))
                .anyMatch(line -> line.getValue().equals(plain.value()));
    }

    @Override
    public List<Mention> mentions() {
        List<Mention> mentions = new ArrayList<>(microProfile.mentions());
        now.forEach(file -> mentions.addAll(file.mentions()));
        return mentions;
    }
}

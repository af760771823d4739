package dev.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MicroProfile Config reads {@code microprofile-config.properties} once. Where a file has changed since the first reading,
 * what it says now takes the place of what it said then; all else is left to MicroProfile Config. A new value with an
 * expression waits for a restart.
 *
 * @param atStart what the files said at the first reading
 * @param now what they say
 */
record ReloadedFiles(Source microProfile, List<MapSource> atStart, List<MapSource> now) implements Source {

    @Override
    public Optional<Given> find(String option) {
        Optional<Given> known = microProfile.find(option);
        Optional<Given> before = Sources.winner(atStart, option);
        Optional<Given> after = Sources.winner(now, option);
        boolean fromFile =
                known.map(given -> given.origin().equals(Origins.FILE)).orElse(true);
        boolean changed = !before.map(Given::value).equals(after.map(Given::value));
        boolean plain = after.map(given -> !given.value().contains("${")).orElse(true);
        return fromFile && changed && plain ? after : known;
    }

    @Override
    public List<Mention> mentions() {
        List<Mention> mentions = new ArrayList<>(microProfile.mentions());
        now.forEach(file -> mentions.addAll(file.mentions()));
        return mentions;
    }
}

package dev.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The option that somebody who wrote an unknown name most likely meant. */
final class Nearest {

    private static final String PLACEHOLDER = "<name>.";

    private Nearest() {}

    /** The nearest option of the table, within so many changed letters. */
    static Optional<String> to(String unknown, int furthest) {
        String name = unknown.toLowerCase(Locale.ROOT).replace('_', '.');
        Optional<String> best = Optional.empty();
        int least = furthest + 1;
        for (String candidate : candidates(name)) {
            int distance = distance(plain(name), plain(candidate));
            if (distance < least) {
                least = distance;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    private static List<String> candidates(String name) {
        List<String> candidates = new ArrayList<>();
        Options.all().forEach(option -> candidates.add(option.name()));
        int first = name.contains(".policy.") ? name.indexOf(".policy.") + ".policy".length() : name.indexOf('.');
        int last = name.lastIndexOf('.');
        if (last > first + 1) {
            String policy = name.substring(first + 1, last);
            PolicyOptions.all().forEach(option -> candidates.add(option.nameIn(policy)));
        }
        PolicyOptions.all().forEach(option -> candidates.add(option.name()));
        return candidates;
    }

    /** A variable does not tell dots from hyphens. */
    private static String plain(String name) {
        return name.replace('-', '.');
    }

    private static String withoutFirstWord(String name) {
        return name.replaceFirst("^[^.]+\\.", "");
    }

    /** 1 if only the first word is missing, or there is one too many, else the letters to change. */
    private static int distance(String name, String candidate) {
        if (withoutFirstWord(candidate.replace(PLACEHOLDER, "")).equals(name)
                || withoutFirstWord(name).equals(candidate)) {
            return 1;
        }
        return candidate.contains(PLACEHOLDER)
                ? 1 + levenshtein(name, candidate.replace(PLACEHOLDER, ""))
                : levenshtein(name, candidate);
    }

    private static int levenshtein(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}

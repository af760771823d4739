package dev.sluice.policy;

import dev.sluice.key.HttpToken;
import dev.sluice.key.PathReadings;
import dev.sluice.key.RequestView;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says which requests a policy governs: paths, less exceptions, and methods. Immutable. Safe for use by many threads.
 *
 * <p>A path that can be read in more than one {@linkplain PathReadings way} is governed if any reading is, and excepted only
 * if every reading is: a request may be charged that should not be, but none slips past.
 */
public final class RequestPattern {

    private final List<PathPattern> paths;
    private final List<PathPattern> except;
    private final Set<String> methods;

    private RequestPattern(List<PathPattern> paths, List<PathPattern> except, Set<String> methods) {
        this.paths = paths;
        this.except = except;
        this.methods = methods;
    }

    /**
     * Reads servlet patterns and methods.
     *
     * @param paths all if empty
     * @param except none if empty
     * @param methods all if empty; in any case; {@code GET} means {@code HEAD} too
     * @throws IllegalArgumentException saying what it got and what is expected
     */
    public static RequestPattern of(List<String> paths, List<String> except, Collection<String> methods) {
        return new RequestPattern(
                patterns(paths.isEmpty() ? List.of("/*") : paths),
                patterns(except),
                methods.stream().flatMap(RequestPattern::methods).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether the policy applies to this request. */
    public boolean matches(RequestView request) {
        return (methods.isEmpty() || methods.contains(request.method())) && matches(request.path());
    }

    private boolean matches(String path) {
        List<String> readings = PathReadings.of(path);
        boolean governed = false;
        boolean excepted = !except.isEmpty();
        for (String reading : readings) {
            governed |= anyMatches(paths, reading);
            excepted &= anyMatches(except, reading);
        }
        return governed && !excepted;
    }

    /** Whether there is a request that it governs: with a path that requests have, and that is not excepted. */
    public boolean canMatch() {
        return paths.stream().anyMatch(path -> path.canOccur() && !isCovered(path, except));
    }

    /** Whether every request that {@code other} governs is certainly governed by this one too. */
    public boolean covers(RequestPattern other) {
        return (methods.isEmpty() || !other.methods.isEmpty() && methods.containsAll(other.methods))
                && other.paths.stream().allMatch(path -> isCovered(path, paths))
                && except.stream().allMatch(excepted -> isCovered(excepted, other.except));
    }

    private static boolean isCovered(PathPattern path, List<PathPattern> patterns) {
        return patterns.stream().anyMatch(pattern -> pattern.covers(path));
    }

    private static boolean anyMatches(List<PathPattern> patterns, String path) {
        for (PathPattern pattern : patterns) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }

    private static List<PathPattern> patterns(List<String> texts) {
        return texts.stream().map(PathPattern::parse).toList();
    }

    private static Stream<String> methods(String text) {
        if (!HttpToken.is(text)) {
            throw new IllegalArgumentException("\"" + text + "\" is no method; expected one such as GET or POST");
        }
        String method = text.toUpperCase(Locale.ROOT);
        return method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method);
    }
}

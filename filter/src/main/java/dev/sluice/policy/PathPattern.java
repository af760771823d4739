package dev.sluice.policy;

import dev.sluice.key.PathReadings;

/** A servlet pattern: {@code /login}, {@code /api/*}, {@code *.json} or {@code /*}. Immutable. */
sealed interface PathPattern {

    /** Whether a path is of this pattern; the pattern itself is kept without double and trailing slashes. */
    boolean matches(String path);

    /** Whether every path of {@code other} is certainly one of this pattern. */
    boolean covers(PathPattern other);

    /** Whether requests have such paths: without parameters, dot segments, a query, or anything encoded. */
    default boolean canOccur() {
        return true;
    }

    /** {@code /*}: every path, even one that does not begin with a slash. */
    record All() implements PathPattern {
        @Override
        public boolean matches(String path) {
            return true;
        }

        @Override
        public boolean covers(PathPattern other) {
            return true;
        }
    }

    /** {@code /login}; {@code /} is the root alone. */
    record Exact(String wanted) implements PathPattern {
        @Override
        public boolean matches(String path) {
            return path.equals(wanted);
        }

        @Override
        public boolean covers(PathPattern other) {
            return equals(other);
        }

        @Override
        public boolean canOccur() {
            return isPathOfRequests(wanted);
        }
    }

    /** {@code /api/*}: {@code /api} and what is below it. */
    record Below(String folder) implements PathPattern {
        @Override
        public boolean matches(String path) {
            return path.startsWith(folder) && (path.length() == folder.length() || path.charAt(folder.length()) == '/');
        }

        @Override
        public boolean covers(PathPattern other) {
            return other instanceof Exact exact && matches(exact.wanted)
                    || other instanceof Below below && matches(below.folder);
        }

        @Override
        public boolean canOccur() {
            return isPathOfRequests(folder);
        }
    }

    /** {@code *.json}: what ends with {@code .json}. */
    record Extension(String dotted) implements PathPattern {
        @Override
        public boolean matches(String path) {
            return path.endsWith(dotted);
        }

        @Override
        public boolean covers(PathPattern other) {
            return other instanceof Exact exact && matches(exact.wanted)
                    || other instanceof Extension extension && matches(extension.dotted);
        }
    }

    /** @throws IllegalArgumentException saying what it got and what is expected */
    static PathPattern parse(String text) {
        if (text.startsWith("*.")) {
            return extension(text);
        }
        if (!text.startsWith("/")) {
            throw bad(text, "begins with neither / nor *.");
        }
        boolean below = text.endsWith("/*");
        String path = below ? text.substring(0, text.length() - 2) : text;
        if (path.indexOf('*') >= 0) {
            throw bad(text, "has a * other than in a last /* or a first *.");
        }
        String collapsed = PathReadings.collapsed(path);
        if (!below) {
            return new Exact(collapsed);
        }
        return collapsed.equals("/") ? new All() : new Below(collapsed);
    }

    private static PathPattern extension(String text) {
        String dotted = text.substring(1);
        if (dotted.length() == 1 || dotted.indexOf('/') >= 0 || dotted.indexOf('*') >= 0) {
            throw bad(text, "has no plain extension after *.");
        }
        return new Extension(dotted);
    }

    private static boolean isPathOfRequests(String path) {
        return PathReadings.of(path).size() == 1 && path.indexOf('?') < 0 && path.indexOf('#') < 0;
    }

    private static IllegalArgumentException bad(String text, String fault) {
        return new IllegalArgumentException(
                "\"" + text + "\" " + fault + "; expected a servlet pattern: /login, /api/*, *.json or /*");
    }
}

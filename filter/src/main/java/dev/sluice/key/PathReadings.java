package dev.sluice.key;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The ways in which one path can be read. The container has chosen the servlet by the path as it stands; what routes further
 * behind it may be more forgiving, and takes {@code //login/} or {@code /x/..;a=b/login} for {@code /login}.
 */
public final class PathReadings {

    /** Nothing that routes requests decodes more often than this what the container has decoded already. */
    private static final int MAX_DECODINGS = 3;

    private PathReadings() {}

    /**
     * The path as it stands, then more and more forgiving: without double and trailing slashes; without {@code ;parameters},
     * backslashes and dot segments; and what is left encoded decoded. Nearly every path has one reading only.
     */
    public static List<String> of(String path) {
        if (isPlain(path)) {
            return List.of(path);
        }
        List<String> readings = new ArrayList<>(4);
        readings.add(path);
        addIfNew(collapsed(path), readings);
        String reading = resolved(path);
        addIfNew(reading, readings);
        for (int i = 0; i < MAX_DECODINGS && reading.indexOf('%') >= 0; i++) {
            reading = resolved(PercentText.decoded(reading));
            addIfNew(reading, readings);
        }
        return readings;
    }

    /** The most forgiving reading: equal for all that may lead to one place. */
    static String mostForgiving(String path) {
        return last(of(path));
    }

    /** Without double slashes and without one at the end, but always with one at the start. */
    public static String collapsed(String path) {
        StringBuilder collapsed = new StringBuilder(path.length() + 1).append('/');
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '/' || collapsed.charAt(collapsed.length() - 1) != '/') {
                collapsed.append(c);
            }
        }
        int length = collapsed.length();
        if (length > 1 && collapsed.charAt(length - 1) == '/') {
            collapsed.setLength(length - 1);
        }
        return collapsed.toString();
    }

    private static String resolved(String path) {
        Deque<String> segments = new ArrayDeque<>();
        String slashed = path.replace('\\', '/');
        int start = 0;
        while (start <= slashed.length()) {
            int slash = slashed.indexOf('/', start);
            int end = slash < 0 ? slashed.length() : slash;
            String segment = withoutParameters(slashed, start, end);
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
            start = end + 1;
        }
        return "/" + String.join("/", segments);
    }

    private static String withoutParameters(String path, int start, int end) {
        int i = start;
        while (i < end && path.charAt(i) != ';') {
            i++;
        }
        return path.substring(start, i);
    }

    /** Whether there is nothing to be forgiving about. */
    private static boolean isPlain(String path) {
        if (!path.startsWith("/")) {
            return false;
        }
        char before = '/';
        for (int i = 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == ';' || c == '%' || c == '\\' || (before == '/' && (c == '/' || c == '.'))) {
                return false;
            }
            before = c;
        }
        return before != '/' || path.length() == 1;
    }

    private static void addIfNew(String reading, List<String> readings) {
        if (!reading.equals(last(readings))) {
            readings.add(reading);
        }
    }

    private static String last(List<String> readings) {
        return readings.get(readings.size() - 1);
    }
}

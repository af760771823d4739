package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docs/operations.md} says that an ACL user needs: keys and commands, as ACL SETUSER takes them. */
public final class MinimalPermissions {

    private static final Path PAGE = Path.of("docs", "operations.md");
    private static final String AFTER = " on >PASSWORD resetkeys resetchannels -@all (?<permissions>.+)";

    private MinimalPermissions() {}

    public static String atRedis() {
        return of("sluice");
    }

    /** The same, and what only a cluster needs beside them. */
    public static String inCluster() {
        return atRedis() + " " + first("- Permissions: `(?<permissions>[^`]+)` beside those below");
    }

    public static String atSentinels() {
        return of("sluice-watch");
    }

    /** {@code evalsha}, {@code hset} and so on. */
    public static List<String> commandsAtRedis() {
        return commands(atRedis());
    }

    /** {@code sentinel|master} and so on. */
    public static List<String> commandsAtSentinels() {
        return commands(atSentinels());
    }

    private static List<String> commands(String permissions) {
        return Arrays.stream(permissions.split(" "))
                .filter(each -> each.startsWith("+"))
                .map(each -> each.substring(1))
                .toList();
    }

    private static String of(String user) {
        return first("ACL SETUSER " + user + AFTER);
    }

    private static String first(String pattern) {
        try {
            Matcher line = Pattern.compile(pattern).matcher(Files.readString(PAGE));
            if (line.find()) {
                return line.group("permissions");
            }
            throw new IllegalStateException(PAGE + " does not say " + pattern);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

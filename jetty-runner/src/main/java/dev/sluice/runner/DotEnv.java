package dev.sluice.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file, read as Go's godotenv reads it, so that one file serves both:
 *
 * <pre>
 *   # a comment
 *   export NAME=value      # and another
 *   NAME: value
 *   NAME='as it $stands'
 *   NAME="two\nlines of ${OTHER}"
 * </pre>
 *
 * Confined to one reading.
 */
final class DotEnv {

    private static final Pattern BETWEEN = Pattern.compile("(?:\\s++|#[^\n]*+|(?m:^---$))*+");
    private static final Pattern NAME = Pattern.compile("(?:export\\h+)?([\\p{L}\\p{N}_.]+)\\h*[=:]\\h*");
    /** Up to the next mark that has no backslash before it; lines may end within. */
    private static final String QUOTED = "Q([^Q]*+(?:(?<=\\\\)Q[^Q]*+)*+)Q";

    private static final Pattern SINGLE = Pattern.compile(QUOTED.replace('Q', '\''));
    private static final Pattern DOUBLE = Pattern.compile(QUOTED.replace('Q', '"'));
    private static final Pattern PLAIN = Pattern.compile("([^\n]*)");
    private static final Pattern COMMENT = Pattern.compile("(.*)\\h#.*", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\([^$\n])");
    private static final Pattern REFERENCE = Pattern.compile("(\\\\)?\\$\\{?([A-Z0-9_]+)?}?");

    private final Path file;
    private final String text;
    private final Map<String, String> process;
    private final Map<String, String> values = new LinkedHashMap<>();
    private int position;

    private DotEnv(Path file, String text, Map<String, String> process) {
        this.file = file;
        this.text = text;
        this.process = process;
    }

    /**
     * @param process the variables that {@code ${NAME}} may mean beside those of the file
     * @return no values if there is no such file
     */
    static Map<String, String> read(Path file, Map<String, String> process) throws StartException {
        if (Files.notExists(file)) {
            return Map.of();
        }
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .replaceFirst("^\uFEFF", "") // the mark with which some editors begin a file
                    .replace("\r\n", "\n");
            return new DotEnv(file, text, process).parse();
        } catch (IOException unreadable) {
            throw new StartException(file + " cannot be read: " + unreadable.getMessage());
        }
    }

    private Map<String, String> parse() throws StartException {
        skip(BETWEEN);
        while (position < text.length()) {
            String name = next(NAME, "expected NAME=value");
            values.put(name, value());
            skip(BETWEEN);
        }
        return values;
    }

    private String value() throws StartException {
        if (text.startsWith("'", position)) {
            return next(SINGLE, "a quotation mark is not closed");
        }
        if (text.startsWith("\"", position)) {
            return resolved(unescaped(next(DOUBLE, "a quotation mark is not closed")));
        }
        String line = next(PLAIN, "expected a value");
        Matcher commented = COMMENT.matcher(line);
        return resolved((commented.matches() ? commented.group(1) : line).strip());
    }

    private void skip(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        matcher.useAnchoringBounds(false).lookingAt();
        position = matcher.end();
    }

    private String next(Pattern pattern, String mistake) throws StartException {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            long line = 1
                    + text.substring(0, position).chars().filter(c -> c == '\n').count();
            throw new StartException(file + ", line " + line + ": " + mistake); // not the text: it may be a secret
        }
        position = matcher.end();
        return matcher.group(1);
    }

    private static String unescaped(String quoted) {
        return ESCAPE.matcher(quoted)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        switch (escape.group(1)) {
                            case "n" -> "\n";
                            case "r" -> "\r";
                            default -> escape.group(1);
                        }));
    }

    /** {@code $NAME} and {@code ${NAME}}: a line above, then the environment, then nothing. A backslash prevents it. */
    private String resolved(String value) {
        return REFERENCE.matcher(value).replaceAll(reference -> Matcher.quoteReplacement(referent(reference)));
    }

    private String referent(MatchResult reference) {
        if (reference.group(1) != null) {
            return reference.group().substring(1);
        }
        String name = reference.group(2);
        return name == null ? reference.group() : values.getOrDefault(name, process.getOrDefault(name, ""));
    }
}

package dev.sluice.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the command line said of a configuration, in this JVM.
 *
 * @param exitCode of the process that it would have been
 * @param out its standard output
 * @param errors its standard error
 */
record Said(int exitCode, String out, String errors) {

    private static final Pattern CODE = Pattern.compile("(?m)^(?:FAULT|WARNING) +(SLUICE-[0-9]{3})");

    /** @param lines of the configuration, without {@code ratelimit.} */
    static Said check(String... lines) {
        return withFile(Clock.systemUTC(), Map.of(), List.of("check"), lines);
    }

    static Said explain(List<String> request, String... lines) {
        return withFile(
                Clock.systemUTC(),
                Map.of(),
                Stream.concat(Stream.of("explain"), request.stream()).toList(),
                lines);
    }

    static Said withFile(Clock clock, Map<String, String> environment, List<String> command, String... lines) {
        try {
            Path file = Files.createTempFile("sluice-check-", ".properties");
            try {
                Files.write(
                        file, Stream.of(lines).map(line -> "ratelimit." + line).toList());
                List<String> arguments = new ArrayList<>(command);
                arguments.addAll(List.of("--config", file.toString()));
                return of(clock, environment, arguments);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Said of(Clock clock, Map<String, String> environment, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int exitCode = new Main(environment, clock, stream(out), stream(errors)).run(arguments);
        return new Said(exitCode, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** The codes of all that it found, in order. */
    List<String> codes() {
        return CODE.matcher(out)
                .results()
                .map(MatchResult::group)
                .map(head -> head.substring(head.indexOf("SLUICE")))
                .distinct()
                .toList();
    }

    /** Exactly this is wrong, and it says so, and how to mend it. */
    void finds(Code code, String... words) {
        assertThat(codes()).as(out).containsExactly(code.toString());
        assertThat(exitCode).as(out).isEqualTo(code.severity() == Code.Severity.FAULT ? Main.FAULTS : Main.GOOD);
        String text = out.replaceAll("\\s+", " "); // a cure may take several lines
        assertThat(List.of(words)).allSatisfy(word -> assertThat(text).contains(word));
        assertThat(text).contains("Cure: ");
        assertThat(out).doesNotContain("secret");
    }

    void findsNothing() {
        assertThat(codes()).as(out).isEmpty();
        assertThat(exitCode).isEqualTo(Main.GOOD);
        assertThat(out).contains("Nothing wrong.");
    }
}

package dev.sluice.config;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/configuration.md} says what the table of options says, and its examples are real. After a change, run this
 * test once with {@code -Ddocs.write=true}.
 */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("docs", "configuration.md");
    private static final Pattern GENERATED =
            Pattern.compile("<!-- (?<what>[a-z ]+) -->\\n(?:.*?\\n)??<!-- end -->", Pattern.DOTALL);
    private static final String MISTAKES = """
            env  REDIS_PASSWORD = secret
            env  REDIS_ADDRESS = redis://app:hunter2@redis.internal:6379
            file ratelimit.policy.login.capacity = 0
            file ratelimit.policy.login.refill = 5
            file ratelimit.policy.api.paths = /api/*
            file ratelimit.policy.api.capacity = 200
            init policy.login.capcity = 5
            """;

    @Test
    void saysWhatTheTableSays() throws IOException {
        String page = Files.readString(PAGE);
        String generated = GENERATED
                .matcher(page)
                .replaceAll(block -> Matcher.quoteReplacement(
                        "<!-- " + block.group(1) + " -->\n" + text(block.group(1)) + "<!-- end -->"));
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, generated);
        }
        assertThat(Files.readString(PAGE)).as("run once with -Ddocs.write=true").isEqualTo(generated);
    }

    private static String text(String what) {
        return switch (what) {
            case "ten lines" -> fenced("properties", TenLinesTest.TEN_LINES.lines());
            case "second policy" -> fenced("properties", NoticesTest.SECOND_POLICY.lines());
            case "start lines" ->
                fenced(
                        "text",
                        TenLinesTest.scene("file", name -> name)
                                .with("env", "RATELIMIT_POLICY_LOGIN_CAPACITY", "7")
                                .settings()
                                .startLines()
                                .stream());
            case "mistakes" -> fenced("text", Scene.of(MISTAKES).mistakes().stream());
            default -> table(Group.valueOf(what.replace("options ", "").toUpperCase(Locale.ROOT)));
        };
    }

    private static String fenced(String language, Stream<String> lines) {
        return "```" + language + "\n" + lines.collect(Collectors.joining("\n")) + "\n```\n";
    }

    private static String table(Group group) {
        return "| option | value | default | meaning |\n|---|---|---|---|\n"
                + Stream.of(Options.all(), PolicyOptions.all())
                        .flatMap(List::stream)
                        .filter(row -> row.group() == group)
                        .map(ConfigurationPageTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(Option<?> row) {
        String note = row.is(Trait.SECRET) ? " Never shown." : row.is(Trait.INIT_PARAM_ONLY) ? " Init-param only." : "";
        return Stream.of("`" + row.name() + "`", row.format().expected(), fallback(row), row.meaning() + note)
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String fallback(Option<?> row) {
        if (row == PolicyOptions.CAPACITY || row == PolicyOptions.REFILL) {
            return "must be said";
        }
        return row.fallback()
                .map(text -> "`" + text + "`")
                .or(() -> row.inherits().map(general -> "that of `" + general.name() + "`"))
                .orElse("none");
    }
}

package dev.sluice.config;

import dev.sluice.testing.GeneratedPage;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README shows is what the demo does and what the table of options says. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");
    private static final Path WEBAPP = Path.of("..", "demo-war", "src", "main", "webapp");
    private static final Path WEB_XML = WEBAPP.resolve("WEB-INF/web.xml");
    private static final Path PAGE = WEBAPP.resolve("index.html");
    private static final List<String> NEEDED = List.of(
            "redis.address",
            "redis.username",
            "redis.password",
            "bucket.capacity",
            "refill.rate",
            "trusted-proxies",
            "exempt",
            "policy.<name>.paths",
            "policy.<name>.key",
            "policy.<name>.capacity",
            "policy.<name>.refill",
            "policy.<name>.on-failure");

    @Test
    void showsWhatTheCodeSays() {
        GeneratedPage.check(README, block -> switch (block) {
            case "web.xml" -> "```xml\n" + registration() + "```\n";
            case "ten lines" -> "```properties\n" + TenLinesTest.TEN_LINES.stripTrailing() + "\n```\n";
            case "options" -> options();
            default -> throw new IllegalArgumentException("no such block: " + block);
        });
    }

    @Test
    void startsTheSecondServerAsThePageOfTheDemoSays() throws IOException {
        String page = Files.readString(PAGE);
        String command = page.substring(page.indexOf("<code>") + "<code>".length(), page.indexOf("</code>"));
        assertThat(Files.readString(README)).contains("`" + command + "`");
    }

    @Test
    void isAtMostAHundredAndFiftyLines() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(150);
    }

    /** The filter that needs no configuration and its mapping, as the demo registers them: last. */
    private static String registration() {
        try {
            String text = Files.readString(WEB_XML);
            int begin = text.lastIndexOf('\n', text.lastIndexOf("<filter>")) + 1;
            String end = "</filter-mapping>";
            return text.substring(begin, text.lastIndexOf(end) + end.length()).stripIndent() + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String options() {
        return "| option | default | meaning |\n|---|---|---|\n"
                + NEEDED.stream()
                        .map(name -> Stream.of(Options.all(), PolicyOptions.all())
                                .flatMap(List::stream)
                                .filter(option -> option.name().equals(name))
                                .findFirst()
                                .orElseThrow(() -> new IllegalStateException("no such option: " + name)))
                        .map(option -> "| `" + option.name() + "` | "
                                + option.fallback()
                                        .map(text -> "`" + text + "`")
                                        .orElse("")
                                + " | " + option.meaning().replace("|", "\\|") + " |\n")
                        .collect(Collectors.joining());
    }
}

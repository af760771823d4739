package dev.sluice.check;

import dev.sluice.testing.GeneratedPage;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of codes, and the page that is made from it. */
class CodesTest {

    @Test
    void thePageSaysWhatTheTableSays() {
        GeneratedPage.check(
                Path.of("docs", "checks.md"),
                block -> "| code | | what is wrong | cure |\n|---|---|---|---|\n"
                        + Stream.of(Code.values()).map(CodesTest::row).collect(Collectors.joining()));
    }

    @Test
    void eachHasANumberOfItsOwnInOrder() {
        assertThat(Stream.of(Code.values()).map(Code::toString))
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("SLUICE-[1-5][0-9][0-9]"));
    }

    @Test
    void eachSaysWhatIsWrongAndWhatToDoInSentences() {
        assertThat(Code.values()).allSatisfy(code -> {
            assertThat(code.meaning()).matches("[A-Z`].*\\.");
            assertThat(code.cure()).matches("[A-Z`].*\\.");
        });
    }

    @Test
    void theMemoryOfABucketIsToldAsItIsMeasured() throws IOException {
        assertThat(Files.readString(Path.of("docs", "operations.md")))
                .contains("some " + BucketMemory.BYTES_PER_CLIENT + " bytes for each client");
    }

    private static String row(Code code) {
        return "| " + code + " | " + code.severity().name().toLowerCase(Locale.ROOT) + " | " + code.meaning() + " | "
                + code.cure().replace("|", "\\|") + " |\n";
    }
}

package dev.sluice.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Every line of {@code bad-configurations.txt}: bad configuration never starts, and says why. */
class BadConfigurationTest {

    static Stream<String> blocks() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(BadConfigurationTest.class.getResourceAsStream("bad-configurations.txt"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.replaceAll("(?m)^#.*\\R", "").split("\\R\\R+"))
                    .filter(block -> !block.isBlank());
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void saysWhatIsWrong(String block) {
        Scene scene = Scene.of(String.join(
                "\n", block.lines().filter(line -> !line.startsWith(">")).toList()));
        List<String> expected = block.lines()
                .filter(line -> line.startsWith("> "))
                .map(line -> line.substring(2))
                .toList();
        List<String> mistakes = scene.mistakes();
        assertThat(mistakes).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            String line = expected.get(i);
            if (line.endsWith("…")) {
                assertThat(mistakes.get(i)).startsWith(line.substring(0, line.length() - 1));
            } else {
                assertThat(mistakes.get(i)).isEqualTo(line);
            }
        }
    }

    @Test
    void thereAreMoreThanSixty() throws IOException {
        assertThat(blocks()).hasSizeGreaterThan(60);
    }

    @Test
    void oneMessageHasThemAll() {
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class, () -> Scene.of("""
                                init bucket.capacity = 0
                                init refill.rate = 0
                                """).settings());
        assertThat(refused).hasMessage(String.join("\n", refused.mistakes()));
        assertThat(refused.mistakes()).hasSize(2);
    }
}

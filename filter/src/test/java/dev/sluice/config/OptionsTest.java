package dev.sluice.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What every row of the table must keep. */
class OptionsTest {

    static Stream<Option<?>> rows() {
        return Stream.concat(Options.all().stream(), PolicyOptions.all().stream());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void hasAMeaningAndAReadableDefault(Option<?> row) throws BadValueException {
        assertThat(row.meaning()).endsWith(".");
        assertThat(row.format().expected()).isNotBlank();
        if (row.fallback().isPresent()) {
            assertThat(row.format().read(row.fallback().get())).isNotNull();
        }
    }

    @Test
    void namesAreUnique() {
        assertThat(rows().map(Option::name)).doesNotHaveDuplicates();
    }

    @Test
    void noNameIsTheEndOfAnotherSoThatAVariableHasOneReading() {
        List<String> words = PolicyOptions.words();
        for (String word : words) {
            assertThat(words).filteredOn(other -> other.endsWith(word)).containsExactly(word);
        }
    }

    @Test
    void noTwoOptionsHaveTheSameVariable() {
        assertThat(Options.all().stream().map(row -> row.name().replaceAll("[^a-z]", "_")))
                .doesNotHaveDuplicates();
    }
}

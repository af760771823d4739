package dev.sluice.store.redis;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class NumberArgumentTest {

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, 9, 1_023, 1_024, 1_000_000_000, 1L << 53, Long.MAX_VALUE})
    void isTheNumberInDigits(long number) {
        assertThat(text(number)).isEqualTo(Long.toString(number));
    }

    /** Far more than are kept, so that they come to share places. */
    @Test
    void isTheNumberInDigitsWhateverWasAskedForBefore() {
        new Random(7).longs(20_000, -10, 5_000).forEach(this::isTheNumberInDigits);
    }

    @Test
    void keepsWhatIsAskedForAgain() {
        assertThat(NumberArgument.of(86_400_000_000L)).isSameAs(NumberArgument.of(86_400_000_000L));
    }

    private static String text(long number) {
        return new String(NumberArgument.of(number).getRaw(), StandardCharsets.US_ASCII);
    }
}

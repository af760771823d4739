package dev.sluice.config;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** A million random texts: each is read or refused, and nothing else happens. */
class RandomTextTest {

    private static final int TEXTS = 1_000_000;
    private static final long SEED = 20261123;
    private static final String[] PIECES = {
        "0",
        "1",
        "9",
        "10",
        "128",
        "99999999999",
        ".",
        "/",
        ":",
        ",",
        "-",
        "+",
        "@",
        "%",
        "%4",
        "%41",
        "[",
        "]",
        "::",
        "s",
        "ms",
        "m",
        "d",
        "PT",
        "P1D",
        "redis://",
        "rediss://",
        "a",
        "host",
        "/*",
        "*.x",
        "true",
        "enforce",
        " ",
        "\t",
        "\n",
        "\u0000",
        "\u2028",
        "é",
        "١",
        "🔒",
        "\ud800",
        "ip",
        "header:",
        "X",
        "$",
        "#",
        "?",
        "'",
        "\"",
        "\\"
    };

    @Test
    void neverDoAnythingButBeReadOrRefused() {
        Random random = new Random(SEED);
        List<Option<?>> options = new ArrayList<>(Options.all());
        options.addAll(PolicyOptions.all());
        int good = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random).strip();
            Option<?> option = options.get(i % options.size());
            if (!text.isEmpty() && reads(option, text)) {
                good++;
            }
        }
        assertThat(good).as("seed " + SEED).isBetween(TEXTS / 100, TEXTS);
    }

    private static boolean reads(Option<?> option, String text) {
        try {
            option.format().read(text);
            return true;
        } catch (BadValueException refused) {
            return false;
        } catch (RuntimeException | StackOverflowError failure) {
            throw new AssertionError("seed " + SEED + ": " + option.name() + " = " + Quoted.escaped(text), failure);
        } finally {
            if (Quoted.value(option, text).codePoints().anyMatch(Character::isISOControl)) {
                throw new AssertionError("a control character in a message about " + option.name());
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = 1 + random.nextInt(5); left > 0; left--) {
            text.append(random.nextInt(20) == 0 ? anything(random) : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String anything(Random random) {
        return Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1)).repeat(1 + random.nextInt(3));
    }

    @Test
    void aVeryLongTextIsReadOrRefusedToo() {
        for (Option<?> option : Options.all()) {
            for (String piece : PIECES) {
                reads(option, piece.repeat(20_000).strip() + "x");
            }
        }
    }

    @Test
    void randomNamesNeverBreakTheReader() {
        Random random = new Random(SEED);
        String[] sources = {"system", "env", "dotenv", "init", "file"};
        String[] starts = {"ratelimit.", "RATELIMIT_", "ratelimit.policy.", "RATELIMIT_POLICY_", "policy.", ""};
        for (int i = 0; i < 2_000; i++) {
            Scene scene = new Scene();
            for (String source : sources) {
                String end = random.nextBoolean() ? ".capacity" : random.nextBoolean() ? "_REFILL" : "";
                scene.with(source, starts[random.nextInt(starts.length)] + text(random) + end, text(random));
            }
            for (String mistake : scene.mistakes()) {
                assertThat(mistake).doesNotContainPattern("\\p{Cntrl}");
            }
        }
    }
}

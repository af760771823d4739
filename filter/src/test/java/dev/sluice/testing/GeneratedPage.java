package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page of {@code docs} whose marked blocks say what the code says: {@code <!-- name -->} to {@code <!-- end -->}. After a
 * change of the code, run the test of the page once with {@code -Ddocs.write=true}.
 */
public final class GeneratedPage {

    private static final Pattern BLOCK =
            Pattern.compile("<!-- ([a-z0-9. -]+) -->\\n(?:.*?\\n)??<!-- end -->", Pattern.DOTALL);

    private GeneratedPage() {}

    /** @param text of a block, by its name: whole lines */
    public static void check(Path page, UnaryOperator<String> text) {
        try {
            String generated = BLOCK.matcher(Files.readString(page))
                    .replaceAll(block -> Matcher.quoteReplacement(
                            "<!-- " + block.group(1) + " -->\n" + text.apply(block.group(1)) + "<!-- end -->"));
            if (Boolean.getBoolean("docs.write")) {
                Files.writeString(page, generated);
            }
            assertThat(Files.readString(page))
                    .as("run once with -Ddocs.write=true")
                    .isEqualTo(generated);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.sluice.dropin;

import dev.sluice.testing.GeneratedPage;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code docs/registration.md} shows what is compiled and run elsewhere in the tests. */
class RegistrationPageTest {

    private static final Path SHOP = Path.of("src", "test", "java", "com", "example", "shop");
    private static final Path EXAMPLES = Path.of("src", "test", "examples");

    @Test
    void showsWhatRuns() {
        GeneratedPage.check(Path.of("docs", "registration.md"), block -> switch (block) {
            case "annotation" -> java(type(SHOP.resolve("LimitedByAnnotation.java")));
            case "listener" -> java(type(SHOP.resolve("LimitedByListener.java")));
            case "key" -> java(type(SHOP.resolve("TenantKey.java")));
            case "spring boot" -> java(marked(EXAMPLES.resolve("SpringBoot.java")));
            case "jetty" -> java(marked(EXAMPLES.resolve("EmbeddedJetty.java")));
            case "undertow" -> java(marked(EXAMPLES.resolve("EmbeddedUndertow.java")));
            default -> throw new IllegalArgumentException("no such block: " + block);
        });
    }

    private static String java(String text) {
        return "```java\n" + text + "```\n";
    }

    /** All but its package, imports and comment. */
    private static String type(Path file) {
        String text = read(file);
        return text.substring(text.indexOf("*/\n") + 3);
    }

    private static String marked(Path file) {
        String text = read(file);
        int begin = text.indexOf("// docs\n") + "// docs\n".length();
        int end = text.lastIndexOf('\n', text.indexOf("// end")) + 1;
        return text.substring(begin, end).stripIndent();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

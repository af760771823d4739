package dev.sluice.check;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

/** Whether the names in a file are the filter's: it reads over all others, and so says nothing of them. */
record NamesOfFile(Findings findings) {

    private static final String PREFIX = "ratelimit.";

    /** A file that cannot be read is told by who reads its values. */
    void examine(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            return;
        }
        Set<String> names = properties.stringPropertyNames();
        if (!names.isEmpty() && names.stream().noneMatch(name -> name.startsWith(PREFIX))) {
            findings.add(Code.NAMES_NOT_READ, ConfigurationFile.NAME + ": none of its names begins with " + PREFIX);
            return;
        }
        names.stream()
                .filter(NamesOfFile::isMeantForUs)
                .sorted()
                .forEach(name -> findings.add(
                        Code.NAMES_NOT_READ,
                        printable(name) + " (" + ConfigurationFile.NAME + "): does not begin with " + PREFIX));
    }

    /** {@code rate-limit.}, {@code RateLimit.}, and a byte order mark before it. */
    private static boolean isMeantForUs(String name) {
        return !name.startsWith(PREFIX)
                && name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "").startsWith("ratelimit");
    }

    private static String printable(String name) {
        return name.replaceAll("[^ -~]", "?");
    }
}

package dev.sluice.dropin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The jar with everything in it that this build has made. */
final class StandaloneJar {

    private StandaloneJar() {}

    static Path path() {
        return built("-standalone");
    }

    /** The jar for those who manage dependencies themselves. */
    static Path thin() {
        return built("");
    }

    private static Path built(String classifier) {
        Pattern name = Pattern.compile("sluice-filter-[0-9.]+(-SNAPSHOT)?" + classifier + "\\.jar");
        try (Stream<Path> files = Files.list(Path.of("target").toAbsolutePath())) {
            return files.filter(
                            file -> name.matcher(file.getFileName().toString()).matches())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("target/" + name + " is not there: run mvn package"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

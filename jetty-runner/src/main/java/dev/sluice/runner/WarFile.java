package dev.sluice.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipFile;

/** The web application to run: the one that is named, or else the demo that lies in our jar. */
final class WarFile {

    private WarFile() {}

    /** @param folder where the demo is put */
    static Path find(Optional<Path> named, TemporaryFolder folder) throws StartException, IOException {
        if (named.isPresent()) {
            check(named.get());
            return named.get();
        }
        Path demo = folder.resolve("demo.war");
        try (InputStream packed = WarFile.class.getResourceAsStream("/demo.war")) {
            Files.copy(Objects.requireNonNull(packed, "demo.war comes into the jar when it is packaged"), demo);
        }
        return demo;
    }

    /** A folder is an unpacked WAR; anything else must be an archive. */
    private static void check(Path war) throws StartException {
        if (Files.isDirectory(war)) {
            if (!Files.isDirectory(war.resolve("WEB-INF"))) { // Jetty would serve any folder
                throw new StartException("--war = \"" + war + "\": expected a WAR file or a folder with WEB-INF");
            }
            return;
        }
        try {
            new ZipFile(war.toFile()).close();
        } catch (IOException unreadable) {
            throw new StartException("--war = \"" + war + "\": expected a WAR that can be read");
        }
    }
}

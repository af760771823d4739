package dev.sluice.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The name of a file that is there and can be read. */
final class FilePath {

    static final Format<Path> FORMAT = new Format<>() {
        @Override
        public String expected() {
            return "the name of a file that can be read";
        }

        @Override
        public Path read(String text) throws BadValueException {
            try {
                Path file = Path.of(text);
                if (Files.isRegularFile(file) && Files.isReadable(file)) {
                    return file;
                }
            } catch (InvalidPathException e) { // no more than any other name of no file
                throw bad();
            }
            throw bad();
        }
    };

    private FilePath() {}
}

package dev.sluice.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The name of a file. Whether there is one is found out by whoever reads it. */
final class FilePath {

    static final Format<Path> FORMAT = new Format<>() {
        @Override
        public String expected() {
            return "the name of a file";
        }

        @Override
        public Path read(String text) throws BadValueException {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw bad();
            }
        }
    };

    private FilePath() {}
}

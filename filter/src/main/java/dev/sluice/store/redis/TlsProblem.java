package dev.sluice.store.redis;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** What is wrong with the files of {@link TlsSettings}. */
final class TlsProblem {

    private TlsProblem() {}

    /** Reads something. */
    interface Reading {
        Object read() throws IOException, GeneralSecurityException;
    }

    static Optional<String> of(Reading reading) {
        try {
            reading.read();
            return Optional.empty();
        } catch (IOException | GeneralSecurityException useless) {
            return Optional.of(textOf(useless));
        }
    }

    /** For an operator to read; what the platform says of a file is often no more than its name. */
    static String textOf(Exception useless) {
        String message = Fault.printable(String.valueOf(useless.getMessage()));
        if (useless instanceof NoSuchFileException) {
            return "there is no file " + message;
        }
        if (useless instanceof AccessDeniedException) {
            return "no permission to read " + message;
        }
        return useless instanceof FileSystemException ? "cannot read " + message : message;
    }
}

package dev.sluice.store.redis;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Follows certificates that are renewed in place: looks for changed files before each connection. If the new ones cannot be
 * used, the former stay in use. Safe for use by many threads.
 */
final class LiveTls {

    private final TlsSettings settings;
    private final List<Path> files;
    private String stamp = "";
    private @Nullable Tls tls;

    LiveTls(TlsSettings settings) {
        this.settings = settings;
        this.files = Stream.concat(
                        settings.authorities().stream(),
                        settings.identity().stream()
                                .flatMap(own -> Stream.concat(Stream.of(own.certificate()), own.key().stream())))
                .toList();
    }

    /** @throws IOException if there are none that can be used, and never were */
    synchronized Tls now() throws IOException {
        Tls former = tls;
        String found = files.stream().map(LiveTls::stamp).collect(Collectors.joining(" "));
        if (former != null && found.equals(stamp)) {
            return former;
        }
        stamp = found; // also if they cannot be used: that is told once
        try {
            Tls read = Tls.read(settings);
            tls = read;
            return read;
        } catch (IOException | GeneralSecurityException useless) {
            String why = TlsProblem.textOf(useless);
            if (former == null) {
                throw new IOException("TLS cannot be set up: " + why);
            }
            System.getLogger("dev.sluice")
                    .log(
                            Level.WARNING,
                            "The changed files of redis.tls cannot be used ({0}): the former certificates stay in use",
                            why);
            return former;
        }
    }

    private static String stamp(Path file) {
        try {
            return Files.getLastModifiedTime(file).toString();
        } catch (IOException e) {
            return "missing";
        }
    }
}

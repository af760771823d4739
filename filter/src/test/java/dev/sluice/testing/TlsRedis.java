package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts servers that speak TLS on the port that {@link RedisServer#port} tells, and plainly on another for assertions. */
public final class TlsRedis {

    private TlsRedis() {}

    /**
     * @param folder for its files
     * @param authority of the clients
     * @param askClients whether a client must show a certificate
     */
    public static RedisServer start(
            Path folder, CertificateAuthority authority, Certified own, boolean askClients, String... more) {
        own.write(folder, "server");
        Path ca = write(folder.resolve("clients-ca.crt"), Certified.pem(authority.certificate()));
        List<String> lines = new ArrayList<>(List.of(
                "tls-port " + Loopback.freePort(),
                "tls-cert-file " + folder.resolve("server.crt"),
                "tls-key-file " + folder.resolve("server.key"),
                "tls-ca-cert-file " + ca,
                "tls-auth-clients " + (askClients ? "yes" : "no")));
        lines.addAll(List.of(more));
        return RedisServer.start(lines);
    }

    public static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

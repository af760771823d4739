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
        List<String> lines = lines(folder, authority, own, askClients);
        lines.addAll(List.of(more));
        return RedisServer.start(lines);
    }

    /** A cluster of such servers, which speak TLS with each other too, all with the same certificate. */
    public static RedisCluster startCluster(
            Path folder, CertificateAuthority authority, Certified own, boolean askClients, String... more) {
        return RedisCluster.start(() -> {
            List<String> lines = lines(folder, authority, own, askClients);
            lines.addAll(List.of("tls-cluster yes", "tls-replication yes"));
            lines.addAll(List.of(more));
            return lines;
        });
    }

    static List<String> lines(Path folder, CertificateAuthority authority, Certified own, boolean askClients) {
        own.write(folder, "server");
        Path ca = write(folder.resolve("clients-ca.crt"), Certified.pem(authority.certificate()));
        return new ArrayList<>(List.of(
                RedisServer.TLS_PORT,
                "tls-cert-file " + folder.resolve("server.crt"),
                "tls-key-file " + folder.resolve("server.key"),
                "tls-ca-cert-file " + ca,
                "tls-auth-clients " + (askClients ? "yes" : "no")));
    }

    public static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

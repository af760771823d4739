package dev.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The oldest redis-server that is supported: the build copies a jar that holds it. */
public final class OldestRedis {

    private static final Path JAR = Path.of("target", "oldest-redis", "embedded-redis.jar");

    private OldestRedis() {}

    /** @param lines of {@code redis.conf}, as for {@link RedisServer} */
    public static RedisServer start(String... lines) {
        return RedisServer.startOther(Unpacked.PATH, lines);
    }

    /** Once for each JVM, and only when asked for. */
    private static final class Unpacked {

        static final String PATH = unpack();

        private static String unpack() {
            try (ZipFile jar = new ZipFile(JAR.toFile())) {
                ZipEntry server = jar.stream()
                        .filter(entry -> entry.getName().matches("(.*/)?redis-server-[0-9.]+-" + platform()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(JAR + " has no redis-server for " + platform()));
                Path file = Files.createTempFile("oldest-redis-server-", "");
                file.toFile().deleteOnExit();
                try (InputStream bytes = jar.getInputStream(server)) {
                    Files.write(file, bytes.readAllBytes());
                }
                if (!file.toFile().setExecutable(true)) {
                    throw new IllegalStateException(file + " cannot be made executable");
                }
                return file.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String platform() {
            String system =
                    System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
            return system + "-" + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
        }
    }
}

package dev.sluice.runner;

import redis.clients.jedis.HostAndPort;
import redis.embedded.RedisExecProvider;
import redis.embedded.exceptions.OsDetectionException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real redis-server on loopback that keeps nothing and ends with us. Confined to one thread. */
final class EmbeddedRedis implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int PORTS_TO_TRY = 3;
    private static final int STOP_SECONDS = 2;

    private final Process process;
    private final int port;
    private String lastWords = "";

    private EmbeddedRedis(TemporaryFolder folder, Path executable, int port, List<String> lines) throws IOException {
        this.port = port;
        this.process = new ProcessBuilder(executable.toString(), "-")
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .start();
        // From its standard input, so that neither the list of processes nor a file shows what is in there.
        try (Writer configuration = process.outputWriter()) {
            configuration.write("bind " + HOST + "\nport " + port + "\nsave \"\"\nappendonly no\n");
            configuration.write(String.join("\n", lines) + "\n");
        }
    }

    /**
     * Starts it on the wanted port, or on a free one if that is taken.
     *
     * @param folder for its executable, and to work in
     * @param lines of {@code redis.conf}, beside those that keep it to itself
     */
    static EmbeddedRedis start(TemporaryFolder folder, int wantedPort, List<String> lines)
            throws StartException, IOException {
        return start(folder, executable(folder), wantedPort, lines);
    }

    /** The same with another redis-server. */
    static EmbeddedRedis start(TemporaryFolder folder, Path executable, int wantedPort, List<String> lines)
            throws StartException, IOException {
        for (int attempt = 1; ; attempt++) {
            // No look first whether the port is free: T2 could take it after the look.
            EmbeddedRedis redis = new EmbeddedRedis(folder, executable, attempt == 1 ? wantedPort : freePort(), lines);
            if (redis.becomesReady()) {
                return redis;
            }
            redis.close();
            if (attempt == PORTS_TO_TRY) {
                throw new StartException("The embedded Redis does not start: " + redis.lastWords);
            }
        }
    }

    HostAndPort address() {
        return new HostAndPort(HOST, port);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /** Waits for its own word: an answer on the port could be that of a stranger who has taken it. */
    private boolean becomesReady() throws IOException {
        BufferedReader log = process.inputReader();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.contains("Ready to accept connections")) {
                Thread reading = new Thread(this::readOn, "redis-log");
                reading.setDaemon(true);
                reading.start();
                return true;
            }
            lastWords = line.isBlank() ? lastWords : line;
        }
        return false;
    }

    /** A log that nobody reads would stop its writer in the end. */
    private void readOn() {
        try {
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException ended) {
            // with the process
        }
    }

    private static Path executable(TemporaryFolder folder) throws StartException, IOException {
        try {
            Path packed = RedisExecProvider.defaultProvider().get().toPath();
            return Files.move(packed, folder.resolve("redis-server"));
        } catch (IllegalArgumentException | OsDetectionException other) {
            throw new StartException("There is no embedded Redis for " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch") + ", only for Linux and macOS: give --redis ADDRESS");
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }
}

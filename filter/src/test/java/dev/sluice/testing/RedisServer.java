package dev.sluice.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisExecProvider;

/**
 * A real redis-server that a test starts, owns and stops; on loopback, on a free port, in a folder of its own. The system
 * property {@code redis.exe} names another server to run, such as Valkey.
 */
public final class RedisServer implements AutoCloseable {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        // A test JVM that ends without closing its servers must not leave them behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Path folder;
    private final int port;
    private final List<String> lines;
    private Process process;
    private RedisClient client;

    private RedisServer(Path folder, int port, List<String> lines) {
        this.folder = folder;
        this.port = port;
        this.lines = lines;
    }

    /** @param lines of {@code redis.conf}, beside those that every test server has */
    public static RedisServer start(String... lines) {
        try {
            RedisServer server =
                    new RedisServer(Files.createTempDirectory("sluice-redis-"), freePort(), List.of(lines));
            server.launch();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    /** For assertions; closed with the server. */
    public RedisClient client() {
        if (client == null) {
            client = RedisClient.create("127.0.0.1", port);
        }
        return client;
    }

    /** Stops its clock, as seen from outside: connections stay, nothing answers. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    /** Ends it at once, without a word to its clients. */
    public void kill() {
        end(process.destroyForcibly());
    }

    /** Ends it as an operator would. */
    public void shutdown() {
        process.destroy();
        end(process);
    }

    /** Starts it again, on the same port, with nothing in it. */
    public void restart() {
        launch();
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port of loopback that nobody listens on. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void launch() {
        try {
            List<String> configuration = new ArrayList<>(
                    List.of("bind 127.0.0.1", "port " + port, "dir " + folder, "save \"\"", "appendonly no"));
            configuration.addAll(lines);
            Path file = Files.write(folder.resolve("redis.conf"), configuration);
            process = new ProcessBuilder(executable(), file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
            RUNNING.add(process);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(5))
                    .failFast(() -> !process.isAlive())
                    .until(this::accepts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConditionTimeoutException | IllegalStateException e) {
            throw new IllegalStateException("redis-server did not start:\n" + log(), e);
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("PING\r\n".getBytes());
            return socket.getInputStream().read() >= 0; // +PONG, or -NOAUTH: either way it answers
        } catch (IOException e) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("redis.log"));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("redis-server " + process.pid() + " does not end");
            }
            RUNNING.remove(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String executable() {
        String named = System.getProperty("redis.exe", "");
        return named.isBlank() ? Embedded.EXECUTABLE.getPath() : named;
    }

    /** Unpacked once for each JVM. */
    private static final class Embedded {
        static final File EXECUTABLE;

        static {
            try {
                EXECUTABLE = RedisExecProvider.defaultProvider().get();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package dev.sluice.testing;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real redis-server that a test starts, owns and stops, in a folder of its own. The system property {@code redis.exe} names another
 * server to run, such as Valkey. Safe for use by many threads.
 *
 * <pre>{@code
 * try (RedisServer server = RedisServer.start("requirepass secret")) {
 *     server.freeze();
 * }
 * }</pre>
 */
public final class RedisServer implements AutoCloseable {

    /** A line of {@code redis.conf} for a port with TLS that is free; to be read with {@link #port}. */
    public static final String TLS_PORT = "tls-port ?";

    private static final Duration START_AT_MOST = Duration.ofSeconds(20);
    private static final int PORTS_TO_TRY = 5;

    /** Its own word, not an answer on the port: this needs no password and no TLS, and a stranger on the port cannot give it. */
    private static final Pattern READY = Pattern.compile("Ready to accept connections|Sentinel ID is");

    private final String executable;
    private final List<String> lines;
    private final List<String> arguments;
    private final int port;
    private final Path folder;
    private int launches;
    private volatile boolean frozen;
    private @Nullable OwnedProcess process;
    private @Nullable RedisClient client;

    private RedisServer(IntSupplier freePorts, String executable, List<String> lines, List<String> arguments)
            throws IOException {
        this.executable = executable;
        this.lines = new ArrayList<>(
                List.of("bind " + Loopback.HOST, "port " + freePorts.getAsInt(), "save \"\"", "appendonly no"));
        for (String line : lines) {
            this.lines.add(line.equals(TLS_PORT) ? "tls-port " + freePorts.getAsInt() : line);
        }
        this.arguments = arguments;
        this.port =
                Integer.parseInt(setting("tls-port").or(() -> setting("port")).orElseThrow());
        this.folder = forgettable(Files.createTempDirectory("sluice-redis-"));
        this.lines.add("dir " + folder);
    }

    /** @param lines of {@code redis.conf}; they come after those that every server of a test has, and so win */
    public static RedisServer start(String... lines) {
        return start(List.of(lines));
    }

    /** @param arguments of the command line, such as {@code --sentinel} */
    public static RedisServer start(List<String> lines, String... arguments) {
        return start(Loopback::freePort, lines, List.of(arguments));
    }

    /** Another server than the one that tests usually run. */
    static RedisServer startOther(String executable, String... lines) {
        return start(Loopback::freePort, executable, List.of(lines), List.of());
    }

    /** @param freePorts asked anew if one of its answers was taken meanwhile */
    static RedisServer start(IntSupplier freePorts, List<String> lines, List<String> arguments) {
        return start(freePorts, RedisExecutable.path(), lines, arguments);
    }

    private static RedisServer start(
            IntSupplier freePorts, String executable, List<String> lines, List<String> arguments) {
        for (int attempt = 1; ; attempt++) {
            RedisServer server = prepare(freePorts, executable, lines, arguments);
            try {
                server.launch();
                return server;
            } catch (IllegalStateException e) {
                server.close();
                boolean taken = String.valueOf(e.getMessage()).contains("Failed listening on port");
                if (!taken || attempt == PORTS_TO_TRY) {
                    throw e;
                }
            }
        }
    }

    /** Where clients connect: its {@code tls-port} if it has one. */
    public int port() {
        return port;
    }

    /** With TLS or without. */
    boolean listensOn(int any) {
        return List.of(setting("tls-port"), setting("port")).contains(Optional.of(Integer.toString(any)));
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return Loopback.HOST + ":" + port;
    }

    public long pid() {
        return process().pid();
    }

    /** For assertions: the default user, on the port without TLS. Closed with the server; ask again after a restart. */
    public synchronized RedisClient client() {
        if (client == null) {
            client = RedisClient.builder()
                    .hostAndPort(Loopback.HOST, Integer.parseInt(setting("port").orElseThrow()))
                    .clientConfig(DefaultJedisClientConfig.builder()
                            .password(setting("requirepass").orElse(null))
                            .build())
                    .build();
        }
        return client;
    }

    /** Its connections stay and new ones are made, but nothing answers. */
    public void freeze() {
        process().freeze();
        frozen = true;
    }

    public void thaw() {
        process().thaw();
        frozen = false;
    }

    /** Whether it can answer: neither ended nor frozen. */
    public synchronized boolean isRunning() {
        return !frozen && process != null && process.isAlive();
    }

    /** Ends it at once, without a word to its clients. */
    public synchronized void kill() {
        process().kill();
        closeClient();
    }

    /** Ends it as an operator would. */
    public synchronized void shutdown() {
        process().terminate();
        closeClient();
    }

    /** Starts it again after {@link #kill()} or {@link #shutdown()}: the same port and configuration, and no data. */
    public synchronized void restart() {
        if (process().isAlive()) {
            throw new IllegalStateException("redis-server " + pid() + " still runs");
        }
        launch();
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            kill();
        }
        deleteFolder();
    }

    private static RedisServer prepare(
            IntSupplier freePorts, String executable, List<String> lines, List<String> arguments) {
        try {
            return new RedisServer(freePorts, executable, lines, arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void launch() {
        Path log = forgettable(folder.resolve("redis-" + ++launches + ".log"));
        OwnedProcess launched = OwnedProcess.start(
                new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log.toFile()));
        process = launched;
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(START_AT_MOST)
                    .until(() -> !launched.isAlive() || READY.matcher(read(log)).find());
        } catch (ConditionTimeoutException e) {
            launched.kill();
        }
        if (!launched.isAlive()) {
            throw new IllegalStateException("redis-server did not start, its log says:\n" + read(log));
        }
    }

    private List<String> command() {
        try {
            Path configuration = Files.write(forgettable(folder.resolve("redis.conf")), lines);
            List<String> command = new ArrayList<>(List.of(executable, configuration.toString()));
            command.addAll(arguments);
            return command;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As redis-server reads it: the last line of a name wins. */
    private Optional<String> setting(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .reduce((earlier, later) -> later)
                .map(line -> line.substring(name.length()).trim());
    }

    private synchronized OwnedProcess process() {
        if (process == null) {
            throw new IllegalStateException("redis-server was never started");
        }
        return process;
    }

    private void closeClient() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    private void deleteFolder() {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes with the JVM when the test forgets to close. */
    private static Path forgettable(Path path) {
        path.toFile().deleteOnExit();
        return path;
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

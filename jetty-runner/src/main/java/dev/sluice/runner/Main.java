package dev.sluice.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.LogManager;

/** Runs a web application behind its rate limit, with the Redis it needs, until Ctrl-C. */
public final class Main {

    private static final String HOST = "127.0.0.1";
    private static final int PORT = 8080;

    private Main() {}

    public static void main(String[] words) throws InterruptedException {
        try {
            Arguments arguments = Arguments.parse(List.of(words));
            if (arguments.help()) {
                System.out.print(Arguments.HELP);
            } else {
                configureLog();
                run(arguments, Environment.read());
            }
        } catch (StartException mistake) {
            System.err.println(mistake.getMessage());
            System.exit(mistake.status());
        } catch (IOException failed) {
            System.err.println("Cannot start: " + failed);
            System.exit(1);
        }
    }

    private static void run(Arguments arguments, Environment environment)
            throws StartException, IOException, InterruptedException {
        int port = port(arguments, environment);
        String host = arguments.host().orElse(HOST);
        StopSignal stop = StopSignal.install();
        try (TemporaryFolder folder = TemporaryFolder.create();
                Redis redis = Redis.of(arguments, environment, folder);
                WarServer server = new WarServer(war(arguments, folder), host, port, folder, environment.dotEnv())) {
            redis.announce();
            server.start();
            System.out.println("Server running on :" + server.port());
            stop.await();
        } finally {
            stop.obeyed();
        }
    }

    private static int port(Arguments arguments, Environment environment) throws StartException {
        Optional<String> variable = environment.variable("PORT");
        if (arguments.port().isPresent() || variable.isEmpty()) {
            return arguments.port().orElse(PORT);
        }
        return Arguments.port("PORT", variable.get());
    }

    private static Path war(Arguments arguments, TemporaryFolder folder) throws StartException, IOException {
        if (arguments.war().isPresent()) {
            Path war = arguments.war().get();
            if (!Files.isReadable(war)) {
                throw new StartException("--war = \"" + war + "\": expected a WAR that can be read");
            }
            return war;
        }
        Path war = folder.resolve("demo.war");
        try (InputStream packed = Main.class.getResourceAsStream("/demo.war")) {
            Files.copy(Objects.requireNonNull(packed, "demo.war comes into the jar when it is packaged"), war);
        }
        return war;
    }

    /** As in {@code logging.properties}, unless whoever starts this JVM has said otherwise. */
    private static void configureLog() throws IOException {
        if (System.getProperty("java.util.logging.config.file") == null) {
            try (InputStream properties = Main.class.getResourceAsStream("logging.properties")) {
                LogManager.getLogManager().readConfiguration(properties);
            }
        }
    }
}

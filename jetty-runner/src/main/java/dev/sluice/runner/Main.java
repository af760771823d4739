package dev.sluice.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
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
        StopSignal stop = StopSignal.install();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path war = WarFile.find(arguments.war(), folder);
            Environment all = environment.with(WarConfiguration.read(war));
            try (Redis redis = Redis.of(arguments, all, folder);
                    WarServer server = new WarServer(war, folder, environment.dotEnv())) {
                if (!stop.isGiven()) {
                    redis.announce();
                }
                if (!stop.isGiven()) {
                    server.start(arguments.host().orElse(HOST), port);
                }
                if (!stop.isGiven()) {
                    System.out.println("Server running on :" + server.port());
                }
                stop.await();
            }
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

    /** As in {@code logging.properties}, unless whoever starts this JVM has said otherwise. */
    private static void configureLog() throws IOException {
        if (System.getProperty("java.util.logging.config.file") == null) {
            try (InputStream properties = Main.class.getResourceAsStream("logging.properties")) {
                LogManager.getLogManager().readConfiguration(properties);
            }
        }
    }
}

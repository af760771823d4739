package dev.sluice.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.HostAndPort;
import redis.embedded.RedisExecProvider;
import redis.embedded.exceptions.OsDetectionException;

/** A real redis-server on loopback that keeps nothing and ends with us. Confined to one thread. */
final class EmbeddedRedis implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int PORTS_TO_TRY = 3;
    private static final int STOP_SECONDS = 2;

    private final Process process;
    private final int port;

    private EmbeddedRedis(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it on the usual port, so that a plain {@code redis-cli} finds it, or on a free one if that is taken.
     *
     * @param folder of its own, for its executable
     * @param lines of {@code redis.conf}, beside those that keep it to itself
     */
    static EmbeddedRedis start(TemporaryFolder folder, List<String> lines) throws StartException, IOException {
        Path executable = executable(folder);
        StringBuilder said = new StringBuilder();
        for (int attempt = 1; attempt <= PORTS_TO_TRY; attempt++) {
            // No look first whether the port is free: T2 could take it after the look.
            int port = attempt == 1 ? RedisEndpoint.USUAL_PORT : freePort();
            Process process = launch(executable, folder, port, lines);
            if (isReady(process, said)) {
                return new EmbeddedRedis(process, port);
            }
        }
        throw new StartException("The embedded Redis does not start: " + said.toString().strip());
    }
}

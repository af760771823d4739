package dev.sluice.containers;

import dev.sluice.containers.child.Setting;
import dev.sluice.testing.ChildJvm;
import dev.sluice.testing.HttpReply;
import dev.sluice.testing.Jvm;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RedisServer;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A container in a JVM of its own, with a Redis of its own that its environment names, as an operator would. An application is
 * deployed when it is first asked for. Safe for use by many threads.
 */
final class RunningContainer implements AutoCloseable {

    /** What the environment says is the limit of each client; no token returns while a test runs. */
    static final int CAPACITY = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final RedisServer redis = RedisServer.start();
    private final ChildJvm child;
    private final Jvm jvm;
    private final Map<String, Integer> ports = new HashMap<>();
    private int commands;

    private RunningContainer(Container container, Jvm jvm) {
        this.jvm = jvm;
        ProcessBuilder command = new ProcessBuilder(container.command(jvm.program("java")));
        command.environment()
                .putAll(Map.of(
                        "REDIS_ADDRESS",
                        redis.address(),
                        "BUCKET_CAPACITY",
                        Integer.toString(CAPACITY),
                        "REFILL_RATE",
                        "0.00001",
                        "RATELIMIT_TRUSTED_PROXIES",
                        Loopback.HOST,
                        // A decision is not to be made without Redis just because the machine has much to do.
                        "RATELIMIT_REDIS_DEADLINE",
                        "5s"));
        child = ChildJvm.start(command);
    }

    static RunningContainer start(Container container, Jvm jvm) {
        return new RunningContainer(container, jvm);
    }

    RedisServer redis() {
        return redis;
    }

    int port(Site site) {
        return port(Setting.PLAIN, site);
    }

    synchronized int port(Setting setting, Site site) {
        return ports.computeIfAbsent(
                setting + site.contextPath(), absent -> deploy(setting, site.contextPath(), site.war()));
    }

    /** @return its port */
    synchronized int deploy(Setting setting, String contextPath, Path war) {
        return Integer.parseInt(obey("deploy " + setting + " " + pathWord(contextPath) + " " + war));
    }

    synchronized void undeploy(Site site) {
        obey("undeploy " + Setting.PLAIN + " " + pathWord(site.contextPath()));
        ports.remove(Setting.PLAIN + site.contextPath());
    }

    /** {@code GET /x} below the context path, on a connection of its own. */
    HttpReply send(Site site, String methodAndPath, String... headerLines) {
        return send(Setting.PLAIN, site, methodAndPath, headerLines);
    }

    HttpReply send(Setting setting, Site site, String methodAndPath, String... headerLines) {
        return RawHttp.send(
                port(setting, site), methodAndPath.replace(" ", " " + site.contextPath()) + " HTTP/1.1", headerLines);
    }

    URI uri(Site site, String path) {
        return uri(Setting.PLAIN, site, path);
    }

    URI uri(Setting setting, Site site, String path) {
        String host = setting == Setting.IPV6 ? "[::1]" : Loopback.HOST;
        return URI.create("http://" + host + ":" + port(setting, site) + site.contextPath() + path);
    }

    List<String> log() {
        return child.errorLines();
    }

    /** Its log too, wherever it writes that. */
    List<String> allLines() {
        return Stream.concat(child.errorLines().stream(), child.lines().stream())
                .toList();
    }

    long pid() {
        return child.pid();
    }

    Jvm jvm() {
        return jvm;
    }

    @Override
    public void close() {
        child.close();
        redis.close();
    }

    /** @return what it has to say beside that it is done */
    private String obey(String command) {
        String number = "@" + ++commands + " ";
        child.send(number + command);
        String answer =
                child.awaitLine(line -> line.startsWith(number), PATIENCE).substring(number.length());
        if (!answer.startsWith("done")) {
            throw new IllegalStateException(command + ": " + answer + " by " + child);
        }
        return answer.substring("done".length()).trim();
    }

    private static String pathWord(String contextPath) {
        return contextPath.isEmpty() ? "/" : contextPath;
    }
}

package dev.sluice.dropin;

import dev.sluice.dropin.child.DropInTomcat;
import dev.sluice.testing.ChildJvm;
import dev.sluice.testing.Http;
import dev.sluice.testing.HttpReply;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RedisServer;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A Tomcat in a JVM of its own, with WARs in it, which finds Redis by a system property as it would by an environment
 * variable. Safe for use by many threads.
 */
final class RunningTomcat implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final ChildJvm child;
    private final int port;
    private final AtomicInteger clients = new AtomicInteger();

    private RunningTomcat(ChildJvm child) {
        this.child = child;
        this.port = Integer.parseInt(
                child.awaitLine(line -> line.startsWith("port "), PATIENCE).substring("port ".length()));
    }

    /**
     * @param folder for what it writes
     * @param library the server's own jars beside those of Tomcat
     */
    static RunningTomcat start(RedisServer redis, Path folder, List<Path> library, War... wars) {
        Path launcher = folder.resolve("launcher");
        War.copyClasses(launcher, DropInTomcat.class);
        List<String> classPath = new ArrayList<>(List.of(launcher.toString()));
        Stream.concat(Source.jars("tomcat-10.1").stream(), library.stream())
                .forEach(jar -> classPath.add(jar.toString()));
        List<String> options = new ArrayList<>(List.of(
                "-Djava.io.tmpdir=" + folder,
                "-Dratelimit.redis.address=" + redis.address(),
                "-Dratelimit.trusted-proxies=127.0.0.0/8"));
        Stream.of("java.base/java.lang", "java.base/java.io", "java.base/java.util", "java.rmi/sun.rmi.transport")
                .forEach(name -> options.add("--add-opens=" + name + "=ALL-UNNAMED")); // as its start script does
        return new RunningTomcat(ChildJvm.start(
                options,
                String.join(File.pathSeparator, classPath),
                DropInTomcat.class,
                Stream.of(wars)
                        .map(war -> war.contextPath() + "=" + war.folder())
                        .toArray(String[]::new)));
    }

    HttpReply get(String path, String... headerLines) {
        return Http.get(URI.create("http://" + Loopback.HOST + ":" + port + path), headerLines);
    }

    /** How many of ten requests of a client that nobody has seen before get through. */
    long admitted(String path, String... headerLines) {
        List<String> lines = new ArrayList<>(List.of(headerLines));
        lines.add("X-Forwarded-For: 192.0.2." + clients.incrementAndGet());
        return Stream.generate(() -> get(path, lines.toArray(String[]::new)))
                .limit(10)
                .filter(reply -> reply.status() == 200)
                .count();
    }

    /** Takes a WAR away: whether its class loader has gone with it. */
    boolean undeploy(War war) {
        child.send(war.contextPath());
        return child.awaitLine(line -> line.startsWith(war.contextPath() + " is "), PATIENCE)
                .endsWith(" is gone");
    }

    /** What applications write to the standard output. */
    List<String> output() {
        return child.lines();
    }

    List<String> log() {
        return child.errorLines();
    }

    @Override
    public void close() {
        child.close();
    }
}

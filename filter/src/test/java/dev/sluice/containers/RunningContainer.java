package dev.sluice.containers;

import dev.sluice.containers.child.Launch;
import dev.sluice.containers.child.UriRules;
import dev.sluice.testing.ChildJvm;
import dev.sluice.testing.HttpReply;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RedisServer;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A container in a JVM of its own. Safe for use by many threads. */
final class RunningContainer implements AutoCloseable {

    private static final Duration START_AT_MOST = Duration.ofSeconds(60);

    private final ChildJvm child;
    private final List<Integer> ports;

    private RunningContainer(ChildJvm child, List<Integer> ports) {
        this.child = child;
        this.ports = ports;
    }

    static RunningContainer start(Container container, RedisServer redis) {
        ChildJvm child = ChildJvm.start(
                List.of("-Djava.io.tmpdir=" + container.workFolder()),
                container.classPath(),
                container.main(),
                redis.address());
        String line = child.awaitLine(each -> !Launch.ports(each).isEmpty(), START_AT_MOST);
        return new RunningContainer(child, Launch.ports(line));
    }

    int port() {
        return port(UriRules.STRICT);
    }

    int port(UriRules rules) {
        return ports.get(rules.ordinal());
    }

    URI uri(String path) {
        return URI.create("http://" + Loopback.HOST + ":" + port() + path);
    }

    /** {@code GET /x} on a connection of its own. */
    HttpReply send(String methodAndTarget, String... headerLines) {
        return RawHttp.send(port(), methodAndTarget + " HTTP/1.1", headerLines);
    }

    List<String> log() {
        return child.errorLines();
    }

    @Override
    public void close() {
        child.close();
    }
}

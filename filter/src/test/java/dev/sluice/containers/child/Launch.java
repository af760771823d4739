package dev.sluice.containers.child;

import java.io.IOException;
import java.util.List;

/** Starts a container once under each of the {@link UriRules}, says on which ports, and serves until its parent is gone. */
public final class Launch {

    private Launch() {}

    static void serve(EmbeddedServer server, String redisAddress) throws Exception {
        StringBuilder ports = new StringBuilder("ports");
        for (UriRules rules : UriRules.values()) {
            ports.append(' ').append(server.start(rules, Sites.with(redisAddress)));
        }
        System.out.println(ports);
        awaitEndOfInput();
        System.exit(0);
    }

    /** @return in the order of {@link UriRules}; empty for a line that does not tell the ports */
    public static List<Integer> ports(String line) {
        return line.startsWith("ports ")
                ? List.of(line.substring("ports ".length()).split(" ")).stream()
                        .map(Integer::valueOf)
                        .toList()
                : List.of();
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // the parent has nothing to say
        }
    }
}

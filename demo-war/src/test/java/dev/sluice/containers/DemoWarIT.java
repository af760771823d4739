package dev.sluice.containers;

import dev.sluice.containers.child.Setting;
import dev.sluice.testing.HttpReply;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The column of the matrix that needs the WAR of this module; all others are tested in that of the filter. */
@ExtendWith(Containers.Shared.class)
class DemoWarIT {

    private static final Path WAR = Path.of(System.getProperty("demo.war"));
    private static final int REQUESTS = 30;

    @Promised(Promise.DEMO_WAR)
    void admitsExactlyTheCapacityAndSaysSo(Container container, Containers containers) {
        RunningContainer running = containers.running(container);
        int port = running.deploy(Setting.PLAIN, "/demo", WAR);

        List<HttpReply> replies = new Client().send(REQUESTS, URI.create("http://127.0.0.1:" + port + "/demo/api"));

        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(RunningContainer.CAPACITY);
        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).isIn(200, 429);
            assertThat(reply.fieldLines("RateLimit-Policy")).containsExactly("\"default\";q=5;w=500000");
            assertThat(reply.field("RateLimit").orElse("")).startsWith("\"default\";r=");
        });
    }
}

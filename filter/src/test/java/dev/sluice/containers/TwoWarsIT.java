package dev.sluice.containers;

import dev.sluice.testing.HttpReply;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Two applications in one JVM, each with a jar of its own. */
@ExtendWith(Containers.Shared.class)
class TwoWarsIT {

    @Promised(Promise.TWO_WARS)
    void shareTheLimit(Container container, Containers containers) {
        RunningContainer running = containers.running(container);
        Client client = new Client();

        for (int left = RunningContainer.CAPACITY - 1; left >= 0; left--) {
            Site site = left % 2 == 0 ? Sites.SHOP : Sites.STALL;
            HttpReply reply = running.send(site, "GET /hello", client.line());
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.field("RateLimit").orElse("")).startsWith("\"default\";r=" + left + ";t=");
        }
        assertThat(running.send(Sites.SHOP, "GET /hello", client.line()).status())
                .isEqualTo(429);
        assertThat(running.send(Sites.STALL, "GET /hello", client.line()).status())
                .isEqualTo(429);
    }
}

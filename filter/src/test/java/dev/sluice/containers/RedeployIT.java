package dev.sluice.containers;

import dev.sluice.testing.HttpReply;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** An application that is gone has left nothing of ours behind. */
@ExtendWith(Containers.Shared.class)
class RedeployIT {

    private static final int TIMES = 3;
    private static final Duration COLLECTED_WITHIN = Duration.ofSeconds(30);

    /** The filter's own limit is two seconds; the rest is the container's, and that of a busy machine. */
    private static final Duration UNDEPLOYED_WITHIN = Duration.ofSeconds(10);

    @Promised(Promise.REDEPLOY)
    void leavesNoClassAndNoThread(Container container, Containers containers) {
        RunningContainer running = containers.running(container);
        running.port(Sites.SHOP);
        Inside inside = new Inside(running);
        long copies = inside.copiesOfTheFilter();
        long threads = inside.threadsOfTheFilter();
        assertThat(copies).isPositive();
        assertThat(threads).isPositive();

        for (int time = 0; time < TIMES; time++) {
            assertThat(hello(running).status()).isEqualTo(200);
            assertThat(inside.copiesOfTheFilter()).isGreaterThan(copies);
            running.undeploy(Sites.PASSING);
        }

        Awaitility.await().atMost(COLLECTED_WITHIN).untilAsserted(() -> {
            assertThat(inside.threadsOfTheFilter()).isEqualTo(threads);
            assertThat(inside.copiesOfTheFilter()).isEqualTo(copies);
        });
        assertThat(complaints(running)).isEmpty();
    }

    @Promised(Promise.FROZEN_REDIS)
    void endsAlthoughRedisHangs(Container container, Containers containers) {
        RunningContainer running = containers.running(container);
        assertThat(hello(running).status()).isEqualTo(200);
        running.redis().freeze();
        try {
            long before = System.nanoTime();
            running.undeploy(Sites.PASSING);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(UNDEPLOYED_WITHIN);
        } finally {
            running.redis().thaw();
        }
    }

    private static HttpReply hello(RunningContainer running) {
        return running.send(Sites.PASSING, "GET /hello", new Client().line());
    }

    /** What Tomcat says of those that leave something. */
    private static List<String> complaints(RunningContainer running) {
        return running.log().stream()
                .filter(line -> line.contains("memory leak") || line.contains("failed to stop it"))
                .toList();
    }
}

package dev.sluice.containers;

import dev.sluice.testing.HttpReply;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** An application that is gone has left nothing of ours behind. */
@ExtendWith(Containers.Shared.class)
class RedeployIT {

    private static final int TIMES = 3;
    private static final int REQUESTS = 30;
    private static final Duration COLLECTED_WITHIN = Duration.ofSeconds(30);

    /** The filter's own limit is two seconds; the rest is the container's, and that of a busy machine. */
    private static final Duration UNDEPLOYED_WITHIN = Duration.ofSeconds(10);

    @Promised(Promise.REDEPLOY)
    void leavesNoClassAndNoThread(Container container, Containers containers) {
        RunningContainer running = containers.running(container);
        running.port(Sites.SHOP);
        Inside inside = new Inside(running);
        long copies = settled(inside);
        long threads = inside.threadsOfTheFilter();
        assertThat(copies).isPositive();
        assertThat(threads).isPositive();

        for (int time = 0; time < TIMES; time++) {
            assertThat(hello(running).status()).isEqualTo(200);
            running.undeploy(Sites.PASSING);
        }

        Awaitility.await()
                .atMost(COLLECTED_WITHIN)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    // Threads of GlassFish keep the filters of the last request that they served: here is another one.
                    new Client().send(REQUESTS, running.uri(Sites.SHOP, "/hello"));
                    assertThat(inside.threadsOfTheFilter()).isEqualTo(threads);
                    assertThat(inside.copiesOfTheFilter()).isLessThanOrEqualTo(copies);
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

    /** Some containers look at an application through a class loader that they drop after a while. */
    private static long settled(Inside inside) {
        AtomicLong last = new AtomicLong();
        Awaitility.await()
                .atMost(COLLECTED_WITHIN)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> last.getAndSet(inside.copiesOfTheFilter()) == last.get());
        return last.get();
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

package dev.sluice.store.redis;

import dev.sluice.faults.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class DaemonTest {

    private static final String NAME = "sluice-test";

    @Test
    void beginsItsTaskAnewAfterAnErrorAndSaysSoOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(3);
        try (LogLines log = LogLines.capture()) {
            Daemon daemon = Daemon.start(
                    () -> {
                        begun.countDown();
                        if (begun.getCount() > 0) {
                            throw new OutOfMemoryError("made by the test");
                        }
                    },
                    NAME);

            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            daemon.awaitEnd(System.nanoTime() + TimeUnit.SECONDS.toNanos(20));
            assertThat(log.containing("sluice-test"))
                    .containsExactly("SEVERE Thread sluice-test failed, and begins anew");
        }
        assertThat(Files.readString(Path.of("docs", "operations.md")))
                .contains("`Thread sluice-... failed, and begins anew`");
        assertThat(threads()).doesNotContain(NAME);
    }

    @Test
    void endsWhenItIsInterruptedWhateverItsTaskDoes() {
        Daemon daemon = Daemon.start(
                () -> {
                    throw new IllegalStateException("made by the test");
                },
                NAME);

        daemon.interrupt();
        daemon.awaitEnd(System.nanoTime() + TimeUnit.SECONDS.toNanos(20));

        assertThat(threads()).doesNotContain(NAME);
    }

    private static Iterable<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}

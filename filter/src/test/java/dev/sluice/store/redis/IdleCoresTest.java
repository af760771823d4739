package dev.sluice.store.redis;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@EnabledOnOs(OS.LINUX)
class IdleCoresTest {

    @Test
    void tellsAShare() {
        IdleCores cores = new IdleCores();
        cores.getAsDouble();

        await().pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(cores.getAsDouble()).isBetween(0.0, 1.0));
    }

    @Test
    void isNextToNothingWhileEveryCoreWorks() {
        IdleCores cores = new IdleCores();
        List<Thread> busy = new ArrayList<>();
        for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
            busy.add(new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            }));
        }
        busy.forEach(Thread::start);
        try {
            await().pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> assertThat(cores.getAsDouble()).isBetween(0.0, 0.1));
        } finally {
            busy.forEach(Thread::interrupt);
        }
    }
}

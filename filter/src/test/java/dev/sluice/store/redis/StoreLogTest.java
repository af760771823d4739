package dev.sluice.store.redis;

import dev.sluice.faults.LogLines;
import dev.sluice.store.FaultKind;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator reads is true at any time, and is not much. */
class StoreLogTest {

    private final Fault refused = new Fault(FaultKind.DISCONNECTED, "Connection refused");
    private final Fault wrongPassword = new Fault(FaultKind.MISCONFIGURED, "redis.password is wrong");
    private final AtomicLong nanos = new AtomicLong();
    private final StoreLog log =
            new StoreLog("node-1:6379", Duration.ofMillis(150), () -> "limiting per server", nanos::get);

    @Test
    void anOutageEndsOnceWhenOthersHoldTheSlots() {
        try (LogLines lines = LogLines.capture()) {
            log.unavailable(refused);
            log.undecided();
            log.needed(false);
            log.needed(false);
            log.available();
            assertThat(lines.all())
                    .containsExactly(
                            "WARNING Redis at node-1:6379 unavailable (Connection refused): limiting per server until it answers",
                            "INFO Redis at node-1:6379 is replaced after 0.0 s (Connection refused): others hold its slots;"
                                    + " 1 requests were decided without it");
        }
    }

    @Test
    void anOutageBeginsWhenItHoldsSlotsAgain() {
        try (LogLines lines = LogLines.capture()) {
            log.needed(false);
            log.unavailable(refused);
            assertThat(lines.all()).isEmpty();
            log.needed(true);
            log.available();
            assertThat(lines.all())
                    .satisfiesExactly(
                            line -> assertThat(line).contains(" unavailable ("),
                            line -> assertThat(line).contains(" answers again after "));
        }
    }

    @Test
    void anOutageSoonAfterAnotherIsReportedOnceItLasts() {
        try (LogLines lines = LogLines.capture()) {
            log.unavailable(refused);
            log.available();
            pass(2);
            log.unavailable(refused);
            log.stillUnavailable(refused);
            assertThat(lines.all()).as("comes and goes").hasSize(2);
            pass(8);
            log.stillUnavailable(refused);
            log.stillUnavailable(refused);
            log.available();
            assertThat(lines.all().subList(2, lines.all().size()))
                    .satisfiesExactly(
                            line -> assertThat(line).contains(" unavailable ("),
                            line -> assertThat(line).contains(" answers again after 8.0 s "));
        }
    }

    @Test
    void whatOnlyConfigurationCanEndIsReportedThoughTheOutageBeganOtherwise() {
        try (LogLines lines = LogLines.capture()) {
            log.unavailable(refused);
            pass(10);
            log.stillUnavailable(wrongPassword);
            pass(10);
            log.stillUnavailable(wrongPassword);
            log.available();
            assertThat(lines.all())
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("WARNING ").contains("(Connection refused)"),
                            line -> assertThat(line).startsWith("SEVERE ").contains("(redis.password is wrong)"),
                            line -> assertThat(line).contains(" answers again after 20.0 s (redis.password is wrong)"));
        }
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}

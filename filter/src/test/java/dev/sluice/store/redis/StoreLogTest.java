package dev.sluice.store.redis;

import dev.sluice.faults.LogLines;
import dev.sluice.store.FaultKind;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Of a node that holds no slots an operator reads nothing, except that its outage is over. */
class StoreLogTest {

    private final Fault refused = new Fault(FaultKind.DISCONNECTED, "Connection refused");
    private final StoreLog log = new StoreLog("node-1:6379", Duration.ofMillis(150), () -> "limiting per server");

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
}

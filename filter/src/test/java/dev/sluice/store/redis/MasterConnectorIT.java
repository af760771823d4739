package dev.sluice.store.redis;

import dev.sluice.testing.SentinelSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class MasterConnectorIT {

    /** They may lead to a former master that still takes writes. */
    @Test
    void tellsOfTheFirstLineToAnotherMasterThatFormerLinesLeadAstray() {
        try (SentinelSet set = SentinelSet.start()) {
            RedisSettings settings = TestSettings.of(set, Duration.ofSeconds(1));
            Topology.Sentinels sentinels = (Topology.Sentinels) settings.topology();
            Connector connector = new MasterConnector(
                    sentinels, Connectors.toSentinels(settings, sentinels), Connectors.toRedis(settings));
            assertThat(leadsElsewhere(connector)).isFalse();
            assertThat(leadsElsewhere(connector)).isFalse();
            set.failOver();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> leadsElsewhere(connector));
            assertThat(leadsElsewhere(connector)).isFalse();
        }
    }

    private static boolean leadsElsewhere(Connector connector) {
        Line line = new Line();
        try {
            return connector.connect(line);
        } finally {
            line.cut();
        }
    }
}

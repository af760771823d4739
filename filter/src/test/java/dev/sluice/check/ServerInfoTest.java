package dev.sluice.check;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What servers of different makes say of themselves. */
class ServerInfoTest {

    @ParameterizedTest
    @CsvSource({
        "redis_version:7.0.15, redis_mode:sentinel, Redis 7.0.15, true",
        "redis_version:7.0.15, redis_mode:standalone, Redis 7.0.15, false",
        "redis_version:7.2.4, 'valkey_version:9.1.2\nserver_mode:sentinel', Valkey 9.1.2 (as Redis 7.2.4), true",
        "redis_version:7.2.4, 'valkey_version:9.1.2\nserver_mode:cluster', Valkey 9.1.2 (as Redis 7.2.4), false",
    })
    void tellsWhatItIs(String version, String rest, String name, boolean sentinel) {
        ServerInfo info = ServerInfo.of(List.of(version, rest));
        assertThat(info.version()).isEqualTo(name);
        assertThat(info.isSentinel()).isEqualTo(sentinel);
    }
}

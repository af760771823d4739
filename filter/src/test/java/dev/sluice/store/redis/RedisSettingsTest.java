package dev.sluice.store.redis;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedisSettingsTest {

    private static final Duration DEADLINE = Duration.ofMillis(150);
    private static final RedisAddress ADDRESS = new RedisAddress("redis.internal", 6379);
    private static final RedisAddress OTHER = new RedisAddress("other.internal", 7000);
    private static final Topology ONE = new Topology.Standalone(ADDRESS, 0);
    private static final Credentials SECRET = new Credentials(Optional.empty(), "hunter2");
    private static final Credentials USER = new Credentials(Optional.of("app"), "hunter2");

    private static RedisSettings settings(boolean encrypted, Topology topology, Credentials credentials) {
        return new RedisSettings(topology, encrypted, TlsSettings.USUAL, Optional.of(credentials), DEADLINE, 10_000);
    }

    @Test
    void anAddressReadsAsOneWritesIt() {
        assertThat(ADDRESS).hasToString("redis.internal:6379");
        assertThat(new RedisAddress("2001:db8::1", 7000)).hasToString("[2001:db8::1]:7000");
    }

    @Test
    void noSecretIsShown() {
        assertThat(settings(true, new Topology.Standalone(ADDRESS, 2), USER))
                .hasToString("rediss://****:****@redis.internal:6379/2");
        assertThat(settings(false, ONE, SECRET)).hasToString("redis://:****@redis.internal:6379/0");
        assertThat(settings(false, new Topology.Cluster(List.of(ADDRESS, OTHER)), USER))
                .hasToString("redis://****:****@redis.internal:6379,other.internal:7000");
        assertThat(settings(
                        false,
                        new Topology.Sentinels(List.of(ADDRESS, OTHER), "mymaster", 3, Optional.of(SECRET), true),
                        SECRET))
                .hasToString("redis://:****@redis.internal:6379,other.internal:7000/3#mymaster");
        assertThat(new TlsSettings.Identity(Path.of("client.p12"), Optional.empty(), Optional.of("hunter2")).toString())
                .doesNotContain("hunter2");
    }

    @Test
    void aLogNamesWhatStandsThere() {
        assertThat(new Topology.Standalone(ADDRESS, 2).name()).isEqualTo("redis.internal:6379");
        assertThat(new Topology.Cluster(List.of(ADDRESS, OTHER)).name())
                .isEqualTo("redis.internal:6379,other.internal:7000");
        assertThat(new Topology.Sentinels(List.of(ADDRESS), "mymaster", 0, Optional.empty(), false).name())
                .isEqualTo("mymaster of sentinels redis.internal:6379");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new RedisAddress(" ", 6379)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RedisAddress("redis.internal", 65_536)).hasMessageEndingWith("was 65536");
        assertThatThrownBy(() -> new Topology.Standalone(ADDRESS, -1)).hasMessageEndingWith("was -1");
        assertThatThrownBy(() -> new Topology.Cluster(List.of())).hasMessage("there must be at least one address");
        assertThatThrownBy(() -> new Topology.Sentinels(List.of(ADDRESS), " ", 0, Optional.empty(), false))
                .hasMessage("master must not be blank");
        assertThatThrownBy(() -> new Credentials(Optional.of("app"), "")).hasMessage("password must not be empty");
        assertThatThrownBy(
                        () -> new RedisSettings(ONE, false, TlsSettings.USUAL, Optional.empty(), Duration.ZERO, 10_000))
                .hasMessageEndingWith("was PT0S");
        for (int waiting : new int[] {0, -1, 1_000_001}) {
            assertThatThrownBy(
                            () -> new RedisSettings(ONE, false, TlsSettings.USUAL, Optional.empty(), DEADLINE, waiting))
                    .hasMessage("maxWaiting must be from 1 to 1000000, was " + waiting);
        }
    }
}

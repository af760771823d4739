package dev.sluice.store.redis;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedisSettingsTest {

    private static final Duration DEADLINE = Duration.ofMillis(150);

    @Test
    void anAddressReadsAsOneWritesIt() {
        assertThat(new RedisAddress("redis.internal", 6379)).hasToString("redis.internal:6379");
        assertThat(new RedisAddress("2001:db8::1", 7000)).hasToString("[2001:db8::1]:7000");
    }

    @Test
    void noSecretIsShown() {
        RedisAddress address = new RedisAddress("redis.internal", 6380);
        assertThat(new RedisSettings(address, true, 2, Optional.of("app"), Optional.of("hunter2"), DEADLINE, 10_000))
                .hasToString("rediss://****:****@redis.internal:6380/2");
        assertThat(new RedisSettings(address, false, 0, Optional.empty(), Optional.of("hunter2"), DEADLINE, 10_000))
                .hasToString("redis://:****@redis.internal:6380/0");
    }

    @Test
    void whatCannotBeIsRefused() {
        RedisAddress address = new RedisAddress("redis.internal", 6379);
        assertThatThrownBy(() -> new RedisAddress(" ", 6379)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RedisAddress("redis.internal", 65_536)).hasMessageEndingWith("was 65536");
        assertThatThrownBy(() ->
                        new RedisSettings(address, false, -1, Optional.empty(), Optional.empty(), DEADLINE, 10_000))
                .hasMessageEndingWith("was -1");
        assertThatThrownBy(() ->
                        new RedisSettings(address, false, 0, Optional.of("app"), Optional.empty(), DEADLINE, 10_000))
                .hasMessage("a username needs a password");
        assertThatThrownBy(() ->
                        new RedisSettings(address, false, 0, Optional.empty(), Optional.empty(), Duration.ZERO, 10_000))
                .hasMessageEndingWith("was PT0S");
        for (int waiting : new int[] {0, -1, 1_000_001}) {
            assertThatThrownBy(() ->
                            new RedisSettings(address, false, 0, Optional.empty(), Optional.empty(), DEADLINE, waiting))
                    .hasMessage("maxWaiting must be from 1 to 1000000, was " + waiting);
        }
    }
}

package dev.sluice.runner;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class EnvironmentTest {

    private static final Map<String, String> NONE = Map.of();

    @Test
    void readsOptionFromTheNearestSource() {
        Map<String, String> property = Map.of("ratelimit.redis.address", "property");
        Map<String, String> variable = Map.of("REDIS_ADDRESS", "variable");
        Map<String, String> dotEnv = Map.of("RATELIMIT_REDIS_ADDRESS", "dotenv");
        Map<String, String> war = Map.of("ratelimit.redis.address", "war");

        assertThat(new Environment(property, variable, dotEnv, war).option("redis.address"))
                .contains("property");
        assertThat(new Environment(NONE, variable, dotEnv, war).option("redis.address"))
                .contains("variable");
        assertThat(new Environment(NONE, NONE, dotEnv, war).option("redis.address"))
                .contains("dotenv");
        assertThat(new Environment(NONE, NONE, NONE, war).option("redis.address"))
                .contains("war");
        assertThat(new Environment(NONE, NONE, NONE, NONE).option("redis.address"))
                .isEmpty();
    }

    @Test
    void prefersFullName() {
        Map<String, String> both = Map.of("REDIS_ADDRESS", "bare", "RATELIMIT_REDIS_ADDRESS", "full");

        assertThat(new Environment(NONE, both, NONE, NONE).option("redis.address"))
                .contains("full");
    }

    @Test
    void takesEmptyValueForNone() {
        Map<String, String> empty = Map.of("PORT", "", "REDIS_ADDRESS", "");
        Map<String, String> dotEnv = Map.of("PORT", "1", "REDIS_ADDRESS", "dotenv");
        Map<String, String> war = Map.of("ratelimit.redis.address", "war");

        assertThat(new Environment(NONE, empty, dotEnv, war).variable("PORT")).isEmpty();
        assertThat(new Environment(NONE, empty, dotEnv, war).option("redis.address"))
                .isEmpty();
    }

    @Test
    void leavesOutOfDotEnvWhatTheEnvironmentSays() {
        Environment environment = new Environment(NONE, Map.of("A", "1"), Map.of("A", "2", "B", "3"), NONE);

        assertThat(environment.dotEnv()).isEqualTo(Map.of("B", "3"));
    }
}

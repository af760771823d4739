package dev.sluice.config;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No secret leaves by a text that somebody may log. */
class SecretsTest {

    private static final String CANARY = "hunter2";

    @Test
    void goodConfigurationShowsNone() {
        Settings settings = Scene.of("""
                        env  REDIS_ADDRESS = rediss://app:hunter2@redis.internal:6380/2
                        file ratelimit.redis.password = hunter2
                        file ratelimit.key-secret = hunter2
                        """).settings();
        assertThat(settings.redis().credentials().orElseThrow().password()).isEqualTo(CANARY);
        assertThat(settings.toString()).doesNotContain(CANARY);
        assertThat(settings.redis()).hasToString("rediss://****:****@redis.internal:6380/2");
        assertThat(settings.startLines()).noneMatch(line -> line.contains(CANARY));
        assertThat(settings.startLines())
                .contains("also set: redis.password **** (META-INF/microprofile-config.properties), key-secret ****"
                        + " (META-INF/microprofile-config.properties)")
                .contains("Redis rediss://****@redis.internal:6380/2 (environment variable REDIS_ADDRESS),"
                        + " deadline 150ms (default)");
    }

    @Test
    void badConfigurationShowsNone() {
        assertThat(new Scene()
                        .with("env", "REDIS_ADDRESS", "redis://app:hunter2@bad host")
                        .with("file", "ratelimit.redis.password", CANARY + "\u0007")
                        .with("file", "ratelimit.key-secret", CANARY + "\u0007")
                        .mistakes())
                .hasSize(3)
                .noneMatch(line -> line.contains(CANARY));
    }
}

package dev.sluice.config;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;

/** The second filter of the demo is told all that the first is told about Redis. */
class DemoConfigurationTest {

    private static final Path FILE =
            Path.of("..", "demo-war", "src", "main", "resources", "META-INF", "microprofile-config.properties");
    /** How long the first filter waits is its own affair. */
    private static final List<String> OF_ONE_FILTER = List.of("redis.deadline", "redis.max-waiting");

    @Test
    void sendsBothFiltersToTheSameRedisHoweverItIsReached() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(FILE)) {
            properties.load(reader);
        }
        assertThat(Options.all())
                .map(Option::name)
                .filteredOn(name -> name.startsWith("redis.") && !OF_ONE_FILTER.contains(name))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(properties.getProperty("login-limit." + name))
                        .as(name)
                        .startsWith("${ratelimit." + name + ":"));
    }
}

package dev.sluice.dropin;

import dev.sluice.testing.ChildJvm;
import dev.sluice.testing.Http;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples of {@code docs/registration.md} for servers that are started in code, compiled and run with the standalone jar. */
class ExamplesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @ParameterizedTest
    @CsvSource({
        "SpringBoot, spring-boot-3",
        "SpringBoot, spring-boot-4",
        "EmbeddedJetty, jetty-12.1-ee10",
        "EmbeddedUndertow, undertow-2.3"
    })
    void limits(String example, String server, @TempDir Path folder) {
        List<Path> libraries = new ArrayList<>(Source.jars(server));
        libraries.add(StandaloneJar.path());
        Source.compile(Path.of("src", "test", "examples", example + ".java"), libraries, folder);
        String classPath = Stream.concat(Stream.of(folder), libraries.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        try (RedisServer redis = RedisServer.start();
                ChildJvm child = ChildJvm.start(options(redis), classPath, example)) {
            String port =
                    child.awaitLine(line -> line.startsWith("port "), PATIENCE).substring("port ".length());
            URI uri = URI.create("http://" + Loopback.HOST + ":" + port + "/");
            assertThat(Stream.generate(() -> Http.get(uri).status()).limit(7))
                    .containsExactly(200, 200, 200, 200, 200, 429, 429);
        }
    }

    private static List<String> options(RedisServer redis) {
        return List.of(
                "-Dratelimit.redis.address=" + redis.address(),
                "-Dratelimit.policy.own.capacity=5",
                "-Dratelimit.policy.own.refill=5/1d");
    }
}

package dev.sluice.check;

import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SharedRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code java -jar} of the jar that users drop into {@code WEB-INF/lib}: nothing else on the class path, as an operator runs it. */
@ExtendWith(SharedRedis.class)
class StandaloneCommandLineIT {

    @TempDir
    private Path folder;

    @Test
    void examinesAConfigurationAndItsRedis(RedisServer server) throws IOException {
        Path file = Files.writeString(folder.resolve("app.properties"), """
                ratelimit.policy.login.paths    = /login
                ratelimit.policy.login.capacity = 5
                ratelimit.policy.login.refill   = 5/1m
                """);
        Said said = run("check", "--config", file.toString(), "--redis", server.address());
        said.findsNothing();
        assertThat(said.out())
                .contains("capacity         5")
                .contains("sustained        5 requests a minute")
                .contains("worst hour       305 requests (capacity 5 + refill 300)")
                .contains("all as they should be; keys removed")
                .contains("Redis at " + server.address());
        assertThat(said.errors()).isEmpty();
        assertThat(server.client().dbSize()).isZero();
    }

    @Test
    void findsAFault(RedisServer server) {
        run("check", "--redis", "rediss://" + server.address()).finds(Code.PLAIN_PORT, "redis://");
    }

    @Test
    void aUserOfTheCommandLineTakesThePlaceOfTheConfiguredOne() throws IOException {
        Path file = Files.writeString(folder.resolve("app.properties"), """
                ratelimit.redis.address  = 127.0.0.1:1
                ratelimit.redis.username = app
                ratelimit.redis.password = secret
                """);
        try (RedisServer server = RedisServer.start("user admin on >admins ~* +@all")) {
            run("check", "--config", file.toString(), "--redis", "redis://admin:admins@" + server.address())
                    .findsNothing();
        }
    }

    @Test
    void callsTheFileByItsName() throws IOException {
        Path file = Files.writeString(folder.resolve("app.properties"), "ratelimit.bucket.capacity = 0\n");
        run("check", "--config", file.toString())
                .finds(
                        Code.UNUSABLE,
                        "ratelimit.bucket.capacity = \"0\" (" + file
                                + "): expected a whole number from 1 to 1000000000");
    }

    @Test
    void explainsARequest(RedisServer server) {
        Said said = run("explain", "GET", "/api", "--redis", server.address(), "--peer", "2001:db8::7");
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(Main.GOOD);
        assertThat(said.out()).contains("rate_limit:2001:db8::/64", "10 of 10 tokens");
    }

    @Test
    void aCommandLineThatIsNotUnderstood() {
        assertThat(run("chekc").exitCode()).isEqualTo(Main.USAGE);
        assertThat(run().exitCode()).isEqualTo(Main.USAGE);
    }

    private Said run(String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar().toString()));
            command.addAll(List.of(arguments));
            Path out = folder.resolve("out");
            Path errors = folder.resolve("errors");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("REDIS_") || name.startsWith("RATELIMIT_"));
            Process process = builder.start();
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            return new Said(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(errors, StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.toString().endsWith("-standalone.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no standalone jar; the phase package makes it"));
        }
    }
}

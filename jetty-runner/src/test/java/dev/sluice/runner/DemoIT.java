package dev.sluice.runner;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar, as a user runs it. */
class DemoIT {

    private static final Map<String, String> NOTHING_SET = Map.of();

    @TempDir
    private Path folder;

    @Test
    void limitsWithItsOwnRedisAndLeavesNothingBehind() throws Exception {
        try (RunningDemo demo = RunningDemo.start(folder, NOTHING_SET, "--port", "0")) {
            String redis = demo.awaitLine("Embedded Redis on ");
            demo.awaitRunning();
            assertThat(demo.out()).hasSize(3).element(1).isEqualTo("Connected to Redis");

            long start = System.nanoTime();
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(demo.get("/api"));
            }
            int refilled = (int) ((System.nanoTime() - start) / 1_000_000_000) + 1;

            assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSizeBetween(10, 10 + refilled);
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.statusCode()).isIn(200, 429))
                    .filteredOn(answer -> answer.statusCode() == 429)
                    .allSatisfy(answer -> assertThat(answer.headers().firstValue("Retry-After"))
                            .contains("1"));
            assertThat(answers.get(0).body()).isEqualTo("Request allowed\n");
            try (Jedis jedis = jedis(redis)) {
                assertThat(jedis.hgetAll("rate_limit:127.0.0.1")).containsKeys("tokens", "last_refill");
            }

            List<ProcessHandle> children = demo.children();
            assertThat(children).hasSize(1);
            demo.terminate();
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(demo.temporaryFiles()).isEmpty();
            assertThat(demo.out()).hasSize(3);
        }
    }

    @Test
    void chargesNothingForThePageNorForALook() throws Exception {
        try (RunningDemo demo = RunningDemo.start(folder, NOTHING_SET, "--port=0")) {
            for (String free : List.of("/", "/index.html", "/page/main.js", "/level", "/login/level")) {
                assertThat(demo.get(free).statusCode()).as(free).isEqualTo(200);
            }
            HttpResponse<String> look = demo.get("/level");
            assertThat(look.headers().firstValue("RateLimit")).contains("\"default\";r=10");
            assertThat(look.body()).isEqualTo("{\"degraded\":false}\n");

            statuses(demo, 20);
            assertThat(demo.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void limitsLoginsApartFromTheApi() throws Exception {
        try (RunningDemo demo = RunningDemo.start(folder, NOTHING_SET, "--port=0")) {
            List<Integer> logins = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                logins.add(demo.post("/login").statusCode());
            }
            assertThat(logins).containsExactly(200, 200, 200, 200, 200, 429);
            assertThat(demo.get("/level").headers().firstValue("RateLimit")).contains("\"default\";r=10");
            try (Jedis jedis = jedis(demo.awaitLine("Embedded Redis on "))) {
                assertThat(jedis.keys("rate_limit:*")).containsExactly("rate_limit:login:{127.0.0.1}");
            }
        }
    }

    @Test
    void opensItsOwnRedisToTheConfiguredUserAlone() throws Exception {
        Map<String, String> variables = Map.of("REDIS_USERNAME", "app", "REDIS_PASSWORD", "s3cr\"t #");
        try (RunningDemo demo = RunningDemo.start(folder, variables, "--port=0")) {
            String redis = demo.awaitLine("Embedded Redis on ");
            demo.awaitLine("Connected to Redis");
            demo.get("/api");

            RedisEndpoint anonymous = RedisEndpoint.parse(redis).orElseThrow();
            assertThat(new RedisCheck(anonymous).problem()).contains("authentication failed");
            RedisEndpoint app = anonymous.as(Optional.of("app"), Optional.of("s3cr\"t #"));
            try (Jedis jedis = new Jedis(app.address(), app.client(1_000))) {
                assertThat(jedis.exists("rate_limit:127.0.0.1")).isTrue();
            }
        }
    }

    @Test
    void takesEverythingFromDotEnv() throws Exception {
        String user = "user app on >s3cret resetkeys ~rate_limit:* resetchannels -@all"
                + " +eval +evalsha +script|load +hmget +hset +pexpire +time +ping +hello +client|setname";
        try (TemporaryFolder redisFolder = TemporaryFolder.create();
                EmbeddedRedis redis = startRedis(redisFolder, List.of("requirepass other", user))) {
            Files.writeString(folder.resolve(".env"), """
                    # as the environment of a container would say it
                    REDIS_ADDRESS=%s
                    export REDIS_USERNAME='app'
                    REDIS_PASSWORD="s3cret"
                    BUCKET_CAPACITY=3
                    REFILL_RATE=0.001
                    PORT=0
                    """.formatted(redis.address()));
            try (RunningDemo demo = RunningDemo.start(folder, NOTHING_SET)) {
                demo.awaitRunning();

                assertThat(demo.out()).hasSize(2).element(0).isEqualTo("Connected to Redis");
                assertThat(statuses(demo, 5)).containsExactly(200, 200, 200, 429, 429);
                try (Jedis jedis = jedis(":other@" + redis.address())) {
                    assertThat(jedis.hget("rate_limit:127.0.0.1", "tokens")).isEqualTo("0");
                }
                assertThat(demo.err()).noneMatch(line -> line.contains("s3cret"));
                assertThat(demo.children()).isEmpty();
            }
        }
    }

    @Test
    void leavesTheAddressToTheApplicationThatSaysOne() throws Exception {
        try (TemporaryFolder redisFolder = TemporaryFolder.create();
                EmbeddedRedis redis = startRedis(redisFolder, List.of("requirepass s3cret"))) {
            String properties = "ratelimit.redis.address=" + redis.address() + "\nratelimit.redis.password=s3cret\n";
            String war = demoWarWith("WEB-INF/classes/META-INF/microprofile-config.properties", properties);
            try (RunningDemo demo = RunningDemo.start(folder, NOTHING_SET, "--port=0", "--war", war)) {
                demo.awaitRunning();

                assertThat(demo.out()).hasSize(2).element(0).isEqualTo("Connected to Redis");
                assertThat(demo.children()).isEmpty();
                demo.get("/api");
                try (Jedis jedis = jedis(":s3cret@" + redis.address())) {
                    assertThat(jedis.exists("rate_limit:127.0.0.1")).isTrue();
                }
            }
        }
    }

    @Test
    void startsNothingMoreOnceItIsToldToEnd() throws Exception {
        try (ServerSocket silentRedis = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                RunningDemo demo = RunningDemo.start(
                        folder, NOTHING_SET, "--port=0", "--redis=127.0.0.1:" + silentRedis.getLocalPort())) {
            silentRedis.setSoTimeout(60_000);
            Socket asked = silentRedis.accept();
            demo.terminate();
            asked.close();
            assertThat(demo.out()).isEmpty();
            assertThat(demo.temporaryFiles()).isEmpty();
        }
    }

    @Test
    void sharesOneBucketBetweenTwoServers() throws Exception {
        Map<String, String> oneBucket = Map.of("BUCKET_CAPACITY", "25", "REFILL_RATE", "0.001");
        try (TemporaryFolder redisFolder = TemporaryFolder.create();
                EmbeddedRedis redis = startRedis(redisFolder, List.of());
                RunningDemo one = startAt(redis, "one", oneBucket);
                RunningDemo two = startAt(redis, "two", oneBucket)) {
            one.awaitRunning();
            two.awaitRunning();

            ExecutorService clients = Executors.newFixedThreadPool(2);
            try {
                List<Integer> answers = new ArrayList<>();
                List<Callable<List<Integer>>> both = List.of(() -> statuses(one, 40), () -> statuses(two, 40));
                for (Future<List<Integer>> each : clients.invokeAll(both)) {
                    answers.addAll(each.get());
                }
                assertThat(answers).filteredOn(status -> status == 200).hasSize(25);
                assertThat(answers).filteredOn(status -> status == 429).hasSize(55);
            } finally {
                clients.shutdown();
            }
        }
    }

    @Test
    void startsWithoutRedisAndTellsWhenItAnswers() throws Exception {
        int port = EmbeddedRedis.freePort();
        String redis = "127.0.0.1:" + port;
        try (RunningDemo demo =
                RunningDemo.start(folder, NOTHING_SET, "--port=0", "--redis=redis://:secret@" + redis)) {
            demo.awaitRunning();

            assertThat(demo.err().get(0))
                    .isEqualTo("Redis at " + redis + " unavailable (connection refused):"
                            + " starting anyway, limiting per server until it answers");
            assertThat(demo.out()).hasSize(1);
            assertThat(demo.get("/api").statusCode()).isEqualTo(200);

            try (TemporaryFolder redisFolder = TemporaryFolder.create();
                    EmbeddedRedis late = startRedis(redisFolder, port, List.of("requirepass secret"))) {
                assertThat(late.address()).hasToString(redis);
                demo.awaitLine("Connected to Redis");
            }
            assertThat(demo.err()).noneMatch(line -> line.contains("secret"));
        }
    }

    @Test
    void tellsThatRedisRefusesThePassword() throws Exception {
        try (TemporaryFolder redisFolder = TemporaryFolder.create();
                EmbeddedRedis redis = startRedis(redisFolder, List.of("requirepass right"));
                RunningDemo demo = startAt(redis, "one", Map.of("REDIS_PASSWORD", "wrong"))) {
            demo.awaitRunning();

            assertThat(demo.err().get(0)).contains(redis.address().toString(), "(authentication failed)");
        }
    }

    @Test
    void endsIfThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertEnds(
                    1, List.of("--port", "" + port), "Cannot listen on 127.0.0.1:" + port + ": Address already in use");
        }
    }

    @Test
    void endsIfThereIsNoWar() throws Exception {
        assertEnds(1, List.of("--war", "absent.war"), "--war = \"absent.war\": expected a WAR that can be read");
        assertEnds(1, List.of("--war", "tmp"), "--war = \"tmp\": expected a WAR file or a folder with WEB-INF");
    }

    @Test
    void endsIfTheAddressOfRedisIsMalformed() throws Exception {
        String address = "redis://u:s3cret%zz@localhost:1";
        String masked = " = \"redis://****@localhost:1\"";

        assertEnds(
                2,
                List.of("--redis", address),
                "--redis" + masked + ": expected host, host:port, [IPv6]:port or a redis:// or rediss:// URI;"
                        + " --help tells more");
        try (RunningDemo demo = RunningDemo.start(folder, Map.of("REDIS_ADDRESS", address), "--port=0")) {
            assertThat(demo.awaitEnd()).isEqualTo(1); // as for every mistake that the filter tells
            assertThat(demo.err())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .startsWith("Cannot deploy demo.war: REDIS_ADDRESS" + masked)
                    .doesNotContain("s3cret", "zz");
        }
    }

    @Test
    void endsWithEveryMistakeOfTheConfiguration() throws Exception {
        try (RunningDemo demo =
                RunningDemo.start(folder, Map.of("BUCKET_CAPACITY", "none", "REFILL_RATE", "-1"), "--port=0")) {
            assertThat(demo.awaitEnd()).isEqualTo(1);
            assertThat(demo.err()).hasSize(2);
            assertThat(demo.err().get(0)).startsWith("Cannot deploy demo.war: ").contains("BUCKET_CAPACITY = \"none\"");
            assertThat(demo.err().get(1)).startsWith("REFILL_RATE = \"-1\"");
            assertThat(demo.temporaryFiles()).isEmpty();
        }
    }

    @Test
    void endsIfDotEnvIsMalformed() throws Exception {
        Files.writeString(folder.resolve(".env"), "PORT=0\nno name\n");
        assertEnds(1, List.of(), ".env, line 2: expected NAME=value");
    }

    @Test
    void endsIfAnOptionIsUnknown() throws Exception {
        assertEnds(2, List.of("--prot", "1"), "--prot: unknown option; --help tells more");
    }

    private void assertEnds(int status, List<String> arguments, String line) throws Exception {
        try (RunningDemo demo = RunningDemo.start(folder, NOTHING_SET, arguments.toArray(String[]::new))) {
            assertThat(demo.awaitEnd()).isEqualTo(status);
            assertThat(demo.err()).containsExactly(line);
            assertThat(demo.temporaryFiles()).isEmpty();
        }
    }

    private static List<Integer> statuses(RunningDemo demo, int requests) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            statuses.add(demo.get("/api").statusCode());
        }
        return statuses;
    }

    /** The demo with one file more. */
    private String demoWarWith(String name, String text) throws Exception {
        Path war = folder.resolve("own.war");
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(System.getProperty("runner.jar")))) {
            Files.copy(jar.getPath("demo.war"), war);
        }
        try (FileSystem archive = FileSystems.newFileSystem(war)) {
            Path file = archive.getPath(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        return war.toString();
    }

    private static EmbeddedRedis startRedis(TemporaryFolder folder, List<String> lines) throws Exception {
        return startRedis(folder, EmbeddedRedis.freePort(), lines);
    }

    /** The server that the system property {@code redis.exe} names, if it names one; the jar always runs its own. */
    private static EmbeddedRedis startRedis(TemporaryFolder folder, int port, List<String> lines) throws Exception {
        String named = System.getProperty("redis.exe", "");
        return named.isBlank()
                ? EmbeddedRedis.start(folder, port, lines)
                : EmbeddedRedis.start(folder, Path.of(named), port, lines);
    }

    private RunningDemo startAt(EmbeddedRedis redis, String name, Map<String, String> variables) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name));
        return RunningDemo.start(own, variables, "--port=0", "--redis=" + redis.address());
    }

    private static Jedis jedis(String address) {
        return new Jedis("redis://" + address);
    }
}

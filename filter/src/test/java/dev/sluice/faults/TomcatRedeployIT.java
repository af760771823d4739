package dev.sluice.faults;

import dev.sluice.RateLimitFilter;
import dev.sluice.testing.ChildJvm;
import dev.sluice.testing.Http;
import dev.sluice.testing.HttpReply;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application comes and goes in Tomcat, as a WAR of its own: {@code -Dcycles=100} for as many redeploys. Tomcat's leak
 * detector is allowed to look everywhere, as its start script allows it.
 */
class TomcatRedeployIT {

    private static final int CYCLES = Integer.getInteger("cycles", 10);
    private static final long END_MILLIS = 2_000;
    private static final Path JARS = Path.of("target", "containers");

    private static final List<String> OPENED = Stream.of(
                    "java.base/java.lang",
                    "java.base/java.lang.invoke",
                    "java.base/java.lang.reflect",
                    "java.base/java.io",
                    "java.base/java.util",
                    "java.base/java.util.concurrent",
                    "java.rmi/sun.rmi.transport")
            .map(name -> "--add-opens=" + name + "=ALL-UNNAMED")
            .toList();

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
              <filter>
                <filter-name>rate-limit</filter-name>
                <filter-class>dev.sluice.RateLimitFilter</filter-class>
                <async-supported>true</async-supported>
                <init-param><param-name>redis.address</param-name><param-value>%s</param-value></init-param>
                <init-param><param-name>reload-every</param-name><param-value>1s</param-value></init-param>
                <init-param><param-name>trusted-proxies</param-name><param-value>127.0.0.0/8</param-value></init-param>
              </filter>
              <filter-mapping>
                <filter-name>rate-limit</filter-name>
                <url-pattern>/*</url-pattern>
              </filter-mapping>
              <servlet>
                <servlet-name>hello</servlet-name>
                <servlet-class>dev.sluice.faults.RedeployedServlet</servlet-class>
              </servlet>
              <servlet-mapping>
                <servlet-name>hello</servlet-name>
                <url-pattern>/*</url-pattern>
              </servlet-mapping>
            </web-app>
            """;

    @ParameterizedTest
    @ValueSource(strings = {"tomcat-10.1", "tomcat-11"})
    void redeploysLeaveNothing(String version, @TempDir Path folder) {
        try (RedisServer redis = RedisServer.start();
                Server server = new Server(version, war(folder, redis))) {
            Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < CYCLES; i++) {
                server.deploy();
                try (Visitors visitors = new Visitors(server, statuses)) {
                    boolean last = i == CYCLES - 1;
                    visitors.during(
                            Duration.ofMillis(last ? 1_500 : 150)); // the last sees its configuration read again
                }
                assertThat(server.undeploy()).isLessThan(END_MILLIS);
            }
            assertThat(statuses).contains(200, 429).containsOnly(200, 429);
            server.assertNothingLeft(CYCLES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomcat-10.1", "tomcat-11"})
    void requestsInFlightAreAnsweredAndHoldNothing(String version, @TempDir Path folder) {
        try (RedisServer redis = RedisServer.start();
                Server server = new Server(version, war(folder, redis))) {
            Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < CYCLES; i++) {
                server.deploy();
                try (Visitors visitors = new Visitors(server, statuses)) {
                    visitors.during(Duration.ofMillis(150));
                    // Some are in the filter at this moment, some in the servlet, some on their way.
                    assertThat(server.undeploy()).isLessThan(END_MILLIS);
                }
            }
            System.out.printf(
                    "MEASURED %s, %d cycles, %d requests: %d of status 200, %d 429, %d 404, %d 503%n",
                    version,
                    CYCLES,
                    statuses.size(),
                    count(statuses, 200),
                    count(statuses, 429),
                    count(statuses, 404),
                    count(statuses, 503));
            assertThat(statuses).contains(200, 429).isSubsetOf(200, 429, 404, 503);
            server.assertNothingOfOursLeft(CYCLES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomcat-10.1", "tomcat-11"})
    void goesAtOnce(String version, @TempDir Path folder) {
        try (RedisServer redis = RedisServer.start();
                Server server = new Server(version, war(folder, redis))) {
            for (int i = 0; i < CYCLES; i++) {
                if (i % 2 == 0) {
                    assertThat(Server.millis(server.order("flash"))).isLessThan(END_MILLIS);
                } else {
                    server.deploy();
                    Scene.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(100)));
                    assertThat(server.undeploy()).isLessThan(END_MILLIS);
                }
            }
            server.assertNothingLeft(CYCLES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomcat-10.1", "tomcat-11"})
    void goesInTimeThoughRedisHangs(String version, @TempDir Path folder) {
        try (RedisServer redis = RedisServer.start();
                Server server = new Server(version, war(folder, redis));
                Calm calm = new Calm()) {
            Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
            server.deploy();
            try (Visitors visitors = new Visitors(server, statuses)) {
                visitors.during(Duration.ofMillis(200));
                redis.freeze();
                visitors.during(Duration.ofMillis(100)); // so that some wait for Redis
                judge(version + ", Redis just frozen", server.undeploy(), calm);
            }
            redis.thaw();
            server.deploy();
            redis.freeze();
            try (Visitors visitors = new Visitors(server, statuses)) {
                visitors.during(Duration.ofMillis(1000)); // and now it is known to be away
                judge(version + ", Redis long frozen", server.undeploy(), calm);
            }
            server.deploy(); // it never saw Redis
            judge(version + ", Redis never seen", server.undeploy(), calm);
            assertThat(statuses).contains(200).isSubsetOf(200, 429, 404, 503);
            server.assertNothingOfOursLeft(3);
        }
    }

    /** Or silence would mean nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"tomcat-10.1", "tomcat-11"})
    void aLeakIsSeen(String version, @TempDir Path folder) {
        try (RedisServer redis = RedisServer.start();
                Server server = new Server(version, war(folder, redis))) {
            server.deploy();
            assertThat(server.get("/?leak=true").status()).isEqualTo(200);
            server.undeploy();
            assertThat(server.order("left"))
                    .startsWith("left class loaders 1 of 1")
                    .contains("[left-behind] but has failed to stop it. This is very likely to create a memory leak");
        }
    }

    private static void judge(String what, long tookMillis, Calm calm) {
        System.out.println("MEASURED undeploy, " + what + ": " + tookMillis + " ms");
        assertThat(Duration.ofMillis(tookMillis)).as(what).isLessThan(calm.allow(Duration.ofMillis(END_MILLIS)));
    }

    private static long count(Queue<Integer> statuses, int status) {
        return statuses.stream().filter(each -> each == status).count();
    }

    /** Our classes, what they need, and the application. */
    private static Path war(Path folder, RedisServer redis) {
        try {
            Path webInf = folder.resolve("WEB-INF");
            Path ours = locationOf(RateLimitFilter.class);
            boolean packaged = Files.isRegularFile(ours);
            Files.createDirectories(webInf.resolve("lib"));
            copy(ours, packaged ? webInf.resolve("lib").resolve(ours.getFileName()) : webInf.resolve("classes"));
            Path servlet = Path.of(RedeployedServlet.class.getName().replace('.', '/') + ".class");
            Path target = webInf.resolve("classes").resolve(servlet);
            Files.createDirectories(target.getParent());
            if (Files.notExists(target)) {
                Files.copy(locationOf(RedeployedServlet.class).resolve(servlet), target);
            }
            copy(JARS.resolve("sluice"), webInf.resolve("lib"));
            Files.writeString(webInf.resolve("web.xml"), WEB_XML.formatted(redis.address()));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static Path locationOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tomcat in a JVM of its own. */
    private static final class Server implements AutoCloseable {

        private static final Duration PATIENCE = Duration.ofSeconds(60);
        private static final Pattern OWN_THREAD = Pattern.compile(
                "The (thread|web application \\[ROOT] appears to have started a thread named) \\[http-nio-");

        private final ChildJvm child;
        private final int port;
        private int answers = 1;

        Server(String version, Path war) {
            List<String> options = new ArrayList<>(OPENED);
            options.add("-Djava.io.tmpdir=" + war); // also goes with the test
            String jvmOptions = System.getProperty("child.options", "");
            options.addAll(Stream.of(jvmOptions.split(" "))
                    .filter(option -> !option.isEmpty())
                    .toList());
            String classPath = locationOf(RedeployingTomcat.class)
                    + File.pathSeparator
                    + JARS.resolve(version).toAbsolutePath()
                    + File.separator
                    + "*";
            child = ChildJvm.start(options, classPath, RedeployingTomcat.class, war.toString());
            port = Integer.parseInt(
                    child.awaitLine(line -> line.startsWith("port "), PATIENCE).substring("port ".length()));
        }

        void deploy() {
            assertThat(order("deploy")).contains("available true");
        }

        /** In milliseconds. */
        long undeploy() {
            return millis(order("undeploy"));
        }

        static long millis(String answer) {
            return Long.parseLong(answer.substring(answer.lastIndexOf(' ') + 1));
        }

        HttpReply get(String path) {
            return Http.get(URI.create("http://" + Loopback.HOST + ":" + port + path));
        }

        void assertNothingLeft(int deployed) {
            assertThat(order("left"))
                    .isEqualTo("left class loaders 0 of " + deployed + ", threads [], beans [], complaints []");
        }

        /** A request that is in flight when Tomcat looks for leaks is one to Tomcat: it names its own thread for it. */
        void assertNothingOfOursLeft(int deployed) {
            String left = order("left");
            assertThat(left).startsWith("left class loaders 0 of " + deployed + ", threads [], beans [], complaints [");
            assertThat(left.split(RedeployingTomcat.COMPLAINT))
                    .filteredOn(complaint -> !OWN_THREAD.matcher(complaint).lookingAt())
                    .as("all but the complaints of its own threads")
                    .hasSize(1);
            assertThat(left).doesNotContain("dev.sluice");
        }

        /** One line of answer to each command. */
        String order(String command) {
            int next = answers++;
            child.send(command);
            child.awaitLine(line -> child.lines().size() > next, PATIENCE);
            return child.lines().get(next);
        }

        @Override
        public void close() {
            child.close();
        }
    }

    /** A few threads that ask again and again, some for an answer that takes a while. */
    private static final class Visitors implements AutoCloseable {

        private static final int THREADS = 6;
        private static final int PATIENCE_MILLIS = 10_000;

        private final Queue<Throwable> accidents = new ConcurrentLinkedQueue<>();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean over;

        Visitors(Server server, Queue<Integer> statuses) {
            for (int i = 0; i < THREADS; i++) {
                String client = "X-Forwarded-For: 192.0.2." + i;
                String path = i % 2 == 0 ? "/" : "/?pause=" + 20 * i;
                Thread thread = new Thread(() -> visit(server, path, client, statuses), "visitor-" + i);
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
            }
        }

        void during(Duration time) {
            Scene.pause(time);
        }

        private void visit(Server server, String path, String client, Queue<Integer> statuses) {
            try {
                while (!over) {
                    URI uri = URI.create("http://" + Loopback.HOST + ":" + server.port + path);
                    statuses.add(Http.get(uri, client).status());
                    Scene.pause(Duration.ofMillis(2));
                }
            } catch (RuntimeException | Error accident) {
                accidents.add(accident);
            }
        }

        @Override
        public void close() {
            over = true;
            threads.forEach(thread -> Scene.join(thread, PATIENCE_MILLIS));
            assertThat(accidents).isEmpty();
        }
    }
}

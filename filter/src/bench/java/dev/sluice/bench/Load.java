package dev.sluice.bench;

import dev.sluice.testing.ChildJvm;
import dev.sluice.testing.Loopback;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** HTTP requests in plenty: by {@code wrk}, or by our own {@link LoadGenerator} where that is not installed. */
sealed interface Load {

    /** What came of it, in microseconds and a second. */
    record Outcome(double perSecond, double p50, double p99, long admitted) {}

    /** @param prefix of the names of the clients */
    Outcome run(int port, Scene scene, String prefix, int connections, int seconds)
            throws IOException, InterruptedException;

    String name();

    /** The better of what is here. */
    static Load choose() throws IOException {
        Optional<Path> wrk = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, "wrk"))
                .filter(Files::isExecutable)
                .findFirst();
        return wrk.isPresent() ? new Wrk(wrk.get(), Wrk.writeScript()) : new Own();
    }

    /** A program of its own, in C. */
    record Wrk(Path executable, Path script) implements Load {

        private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
        private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in");
        private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
        private static final Pattern P50 = Pattern.compile("50%\\s+([\\d.]+)(us|ms|s)");
        private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)");
        private static final int PATIENCE_SECONDS = 30;
        private static final String TEXT = """
                local requests = {}
                function init(args)
                  for i = 1, tonumber(args[2]) do
                    requests[i] = wrk.format('GET', wrk.path, { Host = 'bench', ['X-API-Key'] = args[1] .. '-' .. i })
                  end
                  math.randomseed(os.time())
                end
                function request() return requests[math.random(#requests)] end
                """;

        static Path writeScript() throws IOException {
            Path script = Files.createTempFile("sluice-bench-", ".lua");
            script.toFile().deleteOnExit();
            return Files.writeString(script, TEXT);
        }

        @Override
        public Outcome run(int port, Scene scene, String prefix, int connections, int seconds)
                throws IOException, InterruptedException {
            Process process = new ProcessBuilder(List.of(
                            executable.toString(),
                            "-t2",
                            "-c" + connections,
                            "-d" + seconds + "s",
                            "--latency",
                            "-s" + script,
                            "http://" + Loopback.HOST + ":" + port + WebServer.path(scene),
                            "--",
                            prefix,
                            Integer.toString(scene.buckets())))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            long refused = REFUSED.matcher(said)
                    .results()
                    .mapToLong(found -> Long.parseLong(found.group(1)))
                    .sum();
            return new Outcome(
                    Double.parseDouble(find(RATE, said).group(1)),
                    micros(find(P50, said)),
                    micros(find(P99, said)),
                    Long.parseLong(find(TOTAL, said).group(1)) - refused);
        }

        @Override
        public String name() {
            return "wrk";
        }

        private static Matcher find(Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            if (!matcher.find()) {
                throw new IllegalStateException("wrk said no " + pattern + " but\n" + text);
            }
            return matcher;
        }

        private static double micros(Matcher time) {
            double unit = switch (time.group(2)) {
                case "us" -> 1;
                case "ms" -> 1e3;
                default -> 1e6;
            };
            return Double.parseDouble(time.group(1)) * unit;
        }
    }

    /** A child JVM. */
    record Own() implements Load {

        @Override
        public Outcome run(int port, Scene scene, String prefix, int connections, int seconds) {
            try (ChildJvm child = ChildJvm.start(
                    LoadGenerator.class,
                    Integer.toString(port),
                    WebServer.path(scene),
                    prefix,
                    Integer.toString(scene.buckets()),
                    Integer.toString(connections),
                    Integer.toString(seconds * 1000))) {
                String[] words = child.awaitLine(line -> line.startsWith("done "), Duration.ofSeconds(seconds + 30L))
                        .split(" ");
                Histogram latencies = Histogram.parse(words[3]);
                return new Outcome(
                        Double.parseDouble(words[1]) / seconds,
                        latencies.micros(0.5),
                        latencies.micros(0.99),
                        Long.parseLong(words[2]));
            }
        }

        @Override
        public String name() {
            return "our own generator";
        }
    }
}

package dev.sluice.runner;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/** The runner's jar in a process and a folder of its own. Safe for use by many threads. */
final class RunningDemo implements AutoCloseable {

    /** Also on a machine that is busy it waits for Redis, rather than limit alone: what is let in can be counted. */
    private static final Map<String, String> PATIENT =
            Map.of("RATELIMIT_REDIS_DEADLINE", "10s", "LOGIN_LIMIT_REDIS_DEADLINE", "10s");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RUNNING = "Server running on :";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path folder;

    private RunningDemo(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * @param folder its working directory
     * @param environment the variables that it sees, beside those that make it wait for Redis
     */
    static RunningDemo start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-jar");
        command.add(System.getProperty("runner.jar"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().putAll(PATIENT);
        builder.environment().putAll(environment);
        return new RunningDemo(builder.start(), folder);
    }

    List<String> out() throws IOException {
        return Files.readAllLines(folder.resolve("out"));
    }

    List<String> err() throws IOException {
        return Files.readAllLines(folder.resolve("err"));
    }

    /** Waits for a line on the standard output, and returns what comes after this beginning. */
    String awaitLine(String beginning) {
        return await().atMost(PATIENCE)
                .failFast("the demo has ended", () -> !process.isAlive())
                .until(
                        () -> out().stream()
                                .filter(line -> line.startsWith(beginning))
                                .toList(),
                        found -> !found.isEmpty())
                .get(0)
                .substring(beginning.length());
    }

    void awaitRunning() {
        awaitLine(RUNNING);
    }

    /** Where its page is. */
    URI page() {
        return URI.create("http://127.0.0.1:" + awaitLine(RUNNING) + "/");
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(page().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page().resolve(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The status in which it ends by itself. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the demo still runs");
        }
        return process.exitValue();
    }

    /** As an operator ends it: with SIGTERM. */
    void terminate() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    /** Those that it has started and that run now. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
            return files.toList();
        }
    }

    @Override
    public void close() {
        children().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}

package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Another JVM, with the class path of this one unless told otherwise: a second application server that shares the limit. Safe for use by many threads.
 *
 * <pre>{@code
 * try (ChildJvm child = ChildJvm.start(List.of("-Dredis=" + server.address()), Consumer.class, "alice")) {
 *     child.awaitLine("ready"::equals, Duration.ofSeconds(20));
 *     child.send("go");
 *     assertThat(child.awaitExit(Duration.ofSeconds(20))).isZero();
 * }
 * }</pre>
 */
public final class ChildJvm implements AutoCloseable {

    private static final List<String> DEFAULT_OPTIONS =
            List.of("-Xmx128m", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8");

    private final OwnedProcess process;
    private final Lines output;
    private final Lines errors;

    private ChildJvm(OwnedProcess process) {
        this.process = process;
        this.output = new Lines(process.output());
        this.errors = new Lines(process.errors());
    }

    public static ChildJvm start(Class<?> main, String... arguments) {
        return start(List.of(), main, arguments);
    }

    /** @param options of the JVM ({@code -Dname=value}, {@code -Xmx256m}); they come after the defaults, and so win */
    public static ChildJvm start(List<String> options, Class<?> main, String... arguments) {
        return start(options, System.getProperty("java.class.path"), main, arguments);
    }

    /** @param classPath in place of the one of this JVM */
    public static ChildJvm start(List<String> options, String classPath, Class<?> main, String... arguments) {
        return start(options, classPath, main.getName(), arguments);
    }

    /** @param main the name of a class that this JVM may not have */
    public static ChildJvm start(List<String> options, String classPath, String main, String... arguments) {
        return start(Jvm.OF_THE_BUILD, options, classPath, main, arguments);
    }

    /** On another JDK than this one. */
    public static ChildJvm start(Jvm jvm, List<String> options, Class<?> main, String... arguments) {
        return start(jvm, options, System.getProperty("java.class.path"), main.getName(), arguments);
    }

    private static ChildJvm start(Jvm jvm, List<String> options, String classPath, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(jvm.program("java").toString());
        command.addAll(DEFAULT_OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        return start(new ProcessBuilder(command));
    }

    /** @param command all of it, the program too, and its environment */
    public static ChildJvm start(ProcessBuilder command) {
        return new ChildJvm(OwnedProcess.start(command));
    }

    public long pid() {
        return process.pid();
    }

    /** What it has written to its standard output so far. */
    public List<String> lines() {
        return output.soFar();
    }

    /** What it has written to its standard error so far, its log among it. */
    public List<String> errorLines() {
        return errors.soFar();
    }

    /** The first line of its standard output that is of this kind. */
    public String awaitLine(Predicate<String> kind, Duration atMost) {
        return output.await(kind, atMost).orElseThrow(() -> {
            if (output.hasEnded()) {
                errors.awaitEnd(atMost); // it may say there why
            }
            return new IllegalStateException("no such line within " + atMost + " from " + this);
        });
    }

    /** A line to its standard input: what it waits for before it goes on. */
    public void send(String line) {
        try {
            process.input().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.input().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send \"" + line + "\" to " + this, e);
        }
    }

    /** A pause as long as one likes, such as a bad garbage collection. */
    public void freeze() {
        process.freeze();
    }

    public void thaw() {
        process.thaw();
    }

    /** Ends it, and the processes that it started, at once: no shutdown hook runs. */
    public void kill() {
        process.kill();
    }

    /** Ends it as an operator would: its shutdown hooks run. */
    public void shutdown() {
        process.terminate();
    }

    /** Waits for its end, and that of its output, and gives its exit code. */
    public int awaitExit(Duration atMost) {
        int code = process.awaitExit(atMost);
        output.awaitEnd(atMost);
        errors.awaitEnd(atMost);
        return code;
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "child JVM " + pid() + "\n" + String.join("\n", lines()) + "\n" + String.join("\n", errorLines());
    }
}

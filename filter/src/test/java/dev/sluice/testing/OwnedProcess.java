package dev.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that a test started and owns: it can be frozen and killed, and never outlives the JVM of the test. */
final class OwnedProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Set<OwnedProcess> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(OwnedProcess::destroy), "owned-processes"));
    }

    private final Process process;

    private OwnedProcess(Process process) {
        this.process = process;
    }

    static OwnedProcess start(ProcessBuilder builder) {
        try {
            OwnedProcess started = new OwnedProcess(builder.start());
            ALIVE.add(started);
            started.process.onExit().thenRun(() -> ALIVE.remove(started));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    InputStream output() {
        return process.getInputStream();
    }

    InputStream errors() {
        return process.getErrorStream();
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    /** SIGSTOP: its connections and files stay open, it does nothing. */
    void freeze() {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if no time had passed. */
    void thaw() {
        signal("CONT");
    }

    /** SIGKILL, to it and to all that it started; does nothing when it has ended. */
    void kill() {
        destroy();
        awaitExit(PATIENCE);
    }

    /** SIGTERM, and waits until it has put its things in order; does nothing when it has ended. */
    void terminate() {
        process.toHandle().destroy(); // unlike Process.destroy() this leaves its output readable
        if (isAlive()) {
            thaw(); // a frozen process would take note of SIGTERM only later
        }
        awaitExit(PATIENCE);
    }

    /** Its exit code. */
    int awaitExit(Duration atMost) {
        try {
            return process.onExit()
                    .orTimeout(atMost.toNanos(), TimeUnit.NANOSECONDS)
                    .join()
                    .exitValue();
        } catch (CompletionException e) {
            throw new IllegalStateException("process " + pid() + " has not ended within " + atMost, e);
        }
    }

    private void destroy() {
        Stream.concat(process.descendants().toList().stream(), Stream.of(process.toHandle()))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private void signal(String name) {
        if (!isAlive()) {
            throw new IllegalStateException("process " + pid() + " has ended, it cannot take SIG" + name);
        }
        try {
            // The kill of the shell: small images have no other.
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()).start();
            if (kill.onExit().join().exitValue() != 0 && isAlive()) {
                throw new IllegalStateException("process " + pid() + " did not take SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

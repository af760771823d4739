package dev.sluice.testing;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The lines that a stream has brought so far, read by a daemon thread. Safe for use by many threads. */
final class Lines {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Thread reader;

    Lines(InputStream stream) {
        reader = new Thread(() -> read(stream), "lines");
        reader.setDaemon(true);
        reader.start();
    }

    List<String> soFar() {
        return List.copyOf(lines);
    }

    /** The first line of this kind, be it here already or yet to come; empty if the stream or the time ends without it. */
    Optional<String> await(Predicate<String> kind, Duration atMost) {
        awaitUntil(() -> first(kind).isPresent() || hasEnded(), atMost);
        return first(kind);
    }

    void awaitEnd(Duration atMost) {
        awaitUntil(this::hasEnded, atMost);
    }

    private Optional<String> first(Predicate<String> kind) {
        return soFar().stream().filter(kind).findFirst();
    }

    boolean hasEnded() {
        return !reader.isAlive();
    }

    private static void awaitUntil(BooleanSupplier condition, Duration atMost) {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollInterval(Duration.ofMillis(2))
                    .atMost(atMost)
                    .until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            // what is here by now must do
        }
    }

    private void read(InputStream stream) {
        try (BufferedReader from = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("(unreadable from here: " + e + ")");
        }
    }
}

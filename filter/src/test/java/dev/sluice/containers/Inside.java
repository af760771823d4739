package dev.sluice.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** What the JVM of a container tells an operator who asks with {@code jcmd}. Confined to one thread. */
final class Inside {

    private static final String FILTER = "dev.sluice.RateLimitFilter";

    private final RunningContainer running;

    Inside(RunningContainer running) {
        this.running = running;
    }

    /** How many class loaders there are that have loaded our filter and cannot be collected. */
    long copiesOfTheFilter() {
        ask("GC.run");
        return ask("VM.class_hierarchy", FILTER)
                .filter(line -> line.contains(FILTER + "/"))
                .count();
    }

    long threadsOfTheFilter() {
        return ask("Thread.print").filter(line -> line.startsWith("\"sluice-")).count();
    }

    private Stream<String> ask(String... question) {
        String[] command = Stream.concat(
                        Stream.of(running.jvm().program("jcmd").toString(), Long.toString(running.pid())),
                        Stream.of(question))
                .toArray(String[]::new);
        try {
            Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
            String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

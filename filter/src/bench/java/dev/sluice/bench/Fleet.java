package dev.sluice.bench;

import dev.sluice.testing.ChildJvm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The JVMs of one contender. They start when first needed and stay, so that rounds meet compiled code. */
final class Fleet implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Limiter limiter;
    private final List<String> options;
    private final List<ChildJvm> workers = new ArrayList<>();
    private int orders;

    /** @param options of its JVMs */
    Fleet(Limiter limiter, List<String> options) {
        this.limiter = limiter;
        this.options = Stream.concat(Stream.of("-Xmx320m", "-Xms320m"), options.stream())
                .toList();
    }

    Limiter limiter() {
        return limiter;
    }

    /** How many JVMs have been started. */
    int size() {
        return workers.size();
    }

    /** Starts what is missing. */
    void grow(int jvms) {
        while (workers.size() < jvms) {
            ChildJvm worker = ChildJvm.start(options, Worker.class, limiter.word());
            worker.awaitLine("ready"::equals, PATIENCE);
            workers.add(worker);
        }
    }

    /** Has the first JVMs prepare for the same; all are ready when it returns. */
    Turn prepare(int jvms, Scene scene, int redisPort, int threadsEach, long warmMillis, long millis) {
        String id = "order-" + ++orders;
        Order order = new Order(id, scene, redisPort, threadsEach, limiter.word() + orders, warmMillis, millis);
        grow(jvms);
        List<ChildJvm> crew = List.copyOf(workers.subList(0, jvms));
        crew.forEach(worker -> worker.send(order.line()));
        crew.forEach(worker -> await(worker, id, "prepared"));
        return () -> {
            crew.forEach(worker -> worker.send("go"));
            ClosedLoop.Outcome sum = ClosedLoop.Outcome.none();
            for (ChildJvm worker : crew) {
                String[] words = await(worker, id, "done");
                sum = sum.plus(new ClosedLoop.Outcome(
                        Histogram.parse(words[4]), Long.parseLong(words[2]), Long.parseLong(words[3])));
            }
            return sum;
        };
    }

    /** Gives up its JVMs: one of them is not what it was. */
    void restart() {
        close();
        workers.clear();
    }

    @Override
    public void close() {
        workers.forEach(ChildJvm::close);
    }

    private static String[] await(ChildJvm worker, String id, String word) {
        String line =
                worker.awaitLine(text -> text.startsWith(id + " " + word) || text.startsWith(id + " failed"), PATIENCE);
        if (line.startsWith(id + " failed")) {
            throw new IllegalStateException(line + "\n" + worker);
        }
        return line.split(" ");
    }

    /** What all JVMs are ready for. */
    @FunctionalInterface
    interface Turn {

        /** Has them go, and adds up what they did. */
        ClosedLoop.Outcome go();
    }
}

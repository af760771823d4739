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

    /** Has the first JVMs do the same at the same time, and adds up what they did. */
    ClosedLoop.Outcome run(int jvms, Scene scene, int redisPort, int threadsEach, long warmMillis, long millis) {
        String id = "order-" + ++orders;
        Order order = new Order(id, scene, redisPort, threadsEach, limiter.word() + orders, warmMillis, millis);
        grow(jvms);
        workers.subList(0, jvms).forEach(worker -> worker.send(order.line()));
        ClosedLoop.Outcome sum = ClosedLoop.Outcome.none();
        for (ChildJvm worker : workers.subList(0, jvms)) {
            sum = sum.plus(outcome(worker, worker.awaitLine(line -> line.startsWith(id + " "), PATIENCE)));
        }
        return sum;
    }

    @Override
    public void close() {
        workers.forEach(ChildJvm::close);
    }

    private static ClosedLoop.Outcome outcome(ChildJvm worker, String line) {
        String[] words = line.split(" ");
        if (!"done".equals(words[1])) {
            throw new IllegalStateException(worker.toString());
        }
        return new ClosedLoop.Outcome(
                Histogram.parse(words[4]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }
}

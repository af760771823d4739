package dev.sluice.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A JVM in which one contender runs, a line of standard input for each round, and another one to go. It ends with its input, or when a round hangs. */
final class Worker {

    private static final int HANGS_AFTER_SECONDS = 60;

    private final Limiter limiter;
    private String setting = "";
    private Contender contender = new Nobody();

    private Worker(Limiter limiter) {
        this.limiter = limiter;
    }

    public static void main(String[] arguments) throws IOException {
        Worker worker = new Worker(Limiter.of(arguments[0]));
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            Order order = Order.parse(line);
            long patience = HANGS_AFTER_SECONDS + (order.warmMillis() + order.millis()) / 1000;
            ScheduledFuture<?> hangs = watch.schedule(() -> Runtime.getRuntime().halt(3), patience, TimeUnit.SECONDS);
            System.out.println(worker.obey(order, orders));
            hangs.cancel(false);
        }
        Runtime.getRuntime().halt(0); // at once, whatever threads a contender has left
    }

    private String obey(Order order, BufferedReader orders) {
        try {
            Contender current = contenderFor(order);
            String[] clients = order.scene().clients(order.prefix());
            current.prepare(order.scene(), clients);
            System.out.println(order.id() + " prepared");
            orders.readLine(); // go
            ClosedLoop.Outcome outcome =
                    new ClosedLoop(current, order.threads()).run(clients, order.warmMillis(), order.millis());
            return order.id() + " done " + outcome.decisions() + " " + outcome.admitted() + " " + outcome.latencies();
        } catch (Exception failure) {
            failure.printStackTrace();
            return order.id() + " failed " + failure;
        }
    }

    private Contender contenderFor(Order order) {
        String wanted = order.redisPort() + " " + order.threads();
        if (!wanted.equals(setting)) {
            contender.close();
            contender = limiter.open(order.redisPort(), order.threads());
            setting = wanted;
        }
        return contender;
    }

    /** Before the first order. */
    private static final class Nobody implements Contender {

        @Override
        public void prepare(Scene scene, String[] clients) {}

        @Override
        public boolean admits(String client) {
            return false;
        }

        @Override
        public void close() {}
    }
}

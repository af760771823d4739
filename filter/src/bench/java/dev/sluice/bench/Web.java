package dev.sluice.bench;

import dev.sluice.bench.WebServer.Guard;
import dev.sluice.testing.ChildJvm;
import dev.sluice.testing.RedisServer;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The same web server four times, behind different filters, under a real load generator, in turns. */
final class Web implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Plan plan;
    private final Load load = Load.choose();
    private final RedisServer redis = RedisServer.start();
    private final Map<Guard, Host> hosts = new EnumMap<>(Guard.class);
    private final Results<Setting, Guard, Answers> results = new Results<>(Guard.SLUICE);
    private int runs;

    Web(Plan plan) throws IOException {
        this.plan = plan;
        for (Guard guard : Guard.values()) {
            hosts.put(guard, Host.start(guard, redis));
        }
    }

    /** What is compared. */
    record Setting(Scene scene, int connections) {

        String title() {
            return (scene == Scene.REJECTED ? "rejected" : "permitted") + ", " + connections + " connections";
        }
    }

    /** What one server did in one round. */
    record Answers(double perSecond, double p50, double p99, long admitted, long bound) {

        boolean admittedTooMuch() {
            return admitted > bound;
        }
    }

    private record Host(ChildJvm jvm, int port) {

        static Host start(Guard guard, RedisServer redis) {
            ChildJvm jvm = ChildJvm.start(
                    List.of("-Xmx512m", "-Xms512m"), WebServer.class, guard.name(), Integer.toString(redis.port()));
            String line = jvm.awaitLine(text -> text.startsWith("port "), PATIENCE);
            return new Host(jvm, Integer.parseInt(line.substring("port ".length())));
        }
    }

    Results<Setting, Guard, Answers> run() throws IOException, InterruptedException {
        for (Guard guard : Guard.values()) {
            for (Scene scene : List.of(Scene.MANY, Scene.REJECTED)) {
                Setting setting = new Setting(scene, 32);
                WarmUp warmUp = new WarmUp(plan.mostToWarm());
                while (warmUp.goesOn()) {
                    warmUp.add(once(guard, setting, plan.webSeconds()).perSecond());
                }
            }
        }
        for (Scene scene : List.of(Scene.MANY, Scene.REJECTED)) {
            for (int connections : plan.webConnections()) {
                compare(new Setting(scene, connections));
            }
        }
        return results;
    }

    /** How the load was made. */
    String loadName() {
        return load.name();
    }

    /** Milliseconds that the start of our filter took in new JVMs. */
    static double startMillis(int jvms) {
        double[] millis = new double[jvms];
        try (RedisServer redis = RedisServer.start()) {
            for (int i = 0; i < jvms; i++) {
                try (ChildJvm jvm = Host.start(Guard.SLUICE, redis).jvm()) {
                    String line = jvm.awaitLine(text -> text.startsWith("init "), PATIENCE);
                    millis[i] = Long.parseLong(line.substring("init ".length())) / 1e3;
                }
            }
        }
        return Results.median(millis).orElseThrow();
    }

    @Override
    public void close() {
        hosts.values().forEach(host -> host.jvm().close());
        redis.close();
    }

    private void compare(Setting setting) throws IOException, InterruptedException {
        for (int round = 0; round < plan.rounds(); round++) {
            for (Guard guard : Guard.values()) {
                results.add(setting, guard, once(guard, setting, plan.webSeconds()));
            }
        }
        for (Guard guard : Guard.values()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-30s %-25s %,10.0f/s  ours %6.2f x  p50 %8.0f  p99 %8.0f us%n",
                    setting.title(),
                    guard.title(),
                    results.median(setting, guard, Answers::perSecond).orElseThrow(),
                    results.ratio(setting, guard, Answers::perSecond).orElseThrow(),
                    results.median(setting, guard, Answers::p50).orElseThrow(),
                    results.median(setting, guard, Answers::p99).orElseThrow());
        }
    }

    private Answers once(Guard guard, Setting setting, int seconds) throws IOException, InterruptedException {
        Host host = hosts.get(guard);
        if (host == null) {
            throw new IllegalStateException("no server with " + guard);
        }
        redis.client().flushAll();
        long start = System.nanoTime();
        String prefix = "web" + ++runs;
        Load.Outcome outcome = load.run(host.port(), setting.scene(), prefix, setting.connections(), seconds);
        long bound = guard == Guard.NONE ? Long.MAX_VALUE : setting.scene().bound((System.nanoTime() - start) / 1e9);
        return new Answers(outcome.perSecond(), outcome.p50(), outcome.p99(), outcome.admitted(), bound);
    }
}

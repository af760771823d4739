package dev.sluice.bench;

import dev.sluice.bench.WebServer.Guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** {@code docs/performance.md}: the figures of one run, and nothing that is not measured. */
final class Page {

    private static final String NOTHING = "–";

    private final StringBuilder text = new StringBuilder();
    private final Plan plan;
    private final Machine machine;

    Page(Plan plan, Machine machine) {
        this.plan = plan;
        this.machine = machine;
        paragraph("# Performance");
        paragraph("Written by `mvn -Pbench verify -pl filter`, which measures all of this in one go"
                + (plan.quick() ? "; **here in its quick mode, `-Dbench.quick=true`, which is for tuning only**" : "")
                + ". Last run on " + LocalDate.now(ZoneOffset.UTC) + ": " + machine.description() + ".");
        paragraph(
                "Clients and Redis share the processors of that machine, so only ratios count. Contenders run in JVMs of"
                        + " their own, each warmed up until it gets no faster ("
                        + plan.mostToWarm() + " rounds at most), and take turns; a figure is the median of "
                        + plan.rounds() + " rounds of "
                        + plan.millis()
                        + " ms, a ratio the median of the rounds' ratios. Every limiter is counted: one that"
                        + " admitted more than capacity + rate x time is marked **too many**. Each pool has a connection for"
                        + " every thread.");
    }

    /** What was promised, and what came of it. */
    void targets(List<Target> targets) {
        long missed = targets.stream().filter(Target::isMissed).count();
        long measured =
                targets.stream().filter(target -> target.measured().isPresent()).count();
        paragraph("## What we want to lead, and by how much");
        row("", "wanted", "measured", "");
        rule(4);
        for (Target target : targets) {
            row(
                    target.text(),
                    (target.atLeast() ? "at least " : "at most ") + number(target.wanted()),
                    target.measured().isPresent() ? number(target.measured().getAsDouble()) : "not measured",
                    target.isMissed() ? "**missed**" : "");
        }
        end();
        paragraph(missed + " of the " + measured + " that were measured were missed.");
    }

    /** Decisions per second, latencies, and what they cost Redis. */
    void sideBySide(Results<Cell, Limiter, Round> results) {
        paragraph("## Side by side");
        paragraph("Closed loop: each thread asks, waits for the answer, and asks again. The first column is what Sluice"
                + " decides in a second; the others, how many times what the peer decides that is.");
        List<Limiter> others = plan.limiters().stream()
                .filter(limiter -> limiter != Limiter.SLUICE)
                .toList();
        header("Sluice, decisions/s", others);
        for (Cell cell : results.cells()) {
            List<String> columns = new ArrayList<>();
            columns.add(cell.title());
            columns.add(whole(results.median(cell, Limiter.SLUICE, Round::perSecond))
                    + tooMany(results, cell, Limiter.SLUICE));
            for (Limiter other : others) {
                columns.add(times(results.ratio(cell, other, Round::perSecond)) + tooMany(results, cell, other));
            }
            row(columns.toArray(String[]::new));
        }
        end();
        losses(results, others);
        paragraph("Latency of a decision, p50 / p99 in milliseconds:");
        limiters(
                results,
                (cell, limiter) -> millis(results.median(cell, limiter, Round::p50)) + " / "
                        + millis(results.median(cell, limiter, Round::p99)));
        paragraph("CPU of Redis' main thread for one decision, in microseconds, and of that EVAL and EVALSHA:");
        limiters(
                results,
                (cell, limiter) -> micros(results.median(
                                cell, limiter, round -> round.cost().cpuMicros())) + " / "
                        + micros(results.median(
                                cell, limiter, round -> round.cost().scriptMicros())));
        paragraph("EVAL and EVALSHA calls, and bytes on the wire both ways, for one decision:");
        limiters(
                results,
                (cell, limiter) -> calls(results.median(
                                cell, limiter, round -> round.cost().scriptCalls())) + " / "
                        + whole(results.median(
                                cell, limiter, round -> round.cost().bytes())));
    }

    /** A web server behind filters. */
    void web(Results<Web.Setting, Guard, Web.Answers> results, String load) {
        paragraph("## A web server");
        paragraph("The same embedded Jetty with different filters, driven by " + load
                + " over keep-alive connections, all on"
                + " the processors of one machine. Requests per second, and p99 in milliseconds; in brackets, how many"
                + " times that Sluice answers.");
        List<String> titles = new ArrayList<>();
        titles.add("");
        for (Guard guard : Guard.values()) {
            titles.add(guard.title());
        }
        row(titles.toArray(String[]::new));
        rule(titles.size());
        for (Web.Setting setting : results.cells()) {
            List<String> columns = new ArrayList<>();
            columns.add(setting.title());
            for (Guard guard : Guard.values()) {
                boolean tooMany = results.rounds(setting, guard).stream().anyMatch(Web.Answers::admittedTooMuch);
                columns.add(whole(results.median(setting, guard, Web.Answers::perSecond))
                        + ", " + millis(results.median(setting, guard, Web.Answers::p99))
                        + (guard == Guard.SLUICE
                                ? ""
                                : " (" + times(results.ratio(setting, guard, Web.Answers::perSecond)) + ")")
                        + (tooMany ? " **too many**" : ""));
            }
            row(columns.toArray(String[]::new));
        }
        end();
    }

    void lone(LoneDecision.Times times) {
        paragraph("## One lone decision");
        paragraph(String.format(
                Locale.ROOT,
                "p50 %.1f us, against %.1f us of a bare EVALSHA of the same script over one Jedis connection, both in one"
                        + " JVM and in turns: %.3f x.",
                times.ours(),
                times.bare(),
                times.ratio()));
    }

    void pieces(Map<String, Pieces.Cost> pieces) {
        paragraph("## Allocation");
        paragraph(
                "JMH, one thread, `-prof gc`; the whole filter with a request that allocates nothing, without a server.");
        row("", "us", "bytes");
        rule(3);
        pieces.forEach((name, cost) -> row(
                words(name),
                String.format(Locale.ROOT, "%.2f", cost.micros()),
                String.format(Locale.ROOT, "%,.0f", cost.bytes())));
        end();
    }

    void memory(Map<Limiter, Memory.Bytes> memory) {
        paragraph("## Memory in Redis");
        paragraph(
                "`MEMORY USAGE` of all keys of a bucket of 10 tokens, in bytes: after the first request, and when it is"
                        + " used up.");
        row("", "first", "used up");
        rule(3);
        memory.forEach((limiter, bytes) -> row(
                limiter.title(),
                String.format(Locale.ROOT, "%.0f", bytes.first()),
                String.format(Locale.ROOT, "%.0f", bytes.used())));
        end();
    }

    void start(double millis) {
        paragraph("## Start");
        paragraph(String.format(
                Locale.ROOT,
                "`init` of the filter takes %.0f ms in a new JVM with Jetty, most of it for loading classes; it does not wait"
                        + " for Redis.",
                millis));
    }

    void writeTo(Path file) throws IOException {
        paragraph("The load average of the machine was " + machine.loadBefore() + " at the start and " + Machine.load()
                + " at the end; the benchmark alone makes some of it.");
        Files.writeString(file, text.toString().stripTrailing() + "\n");
        System.out.println("written: " + file);
    }

    private void losses(Results<Cell, Limiter, Round> results, List<Limiter> others) {
        List<String> losses = new ArrayList<>();
        for (Cell cell : results.cells()) {
            for (Limiter other : others) {
                OptionalDouble ratio = results.ratio(cell, other, Round::perSecond);
                if (ratio.isPresent() && ratio.getAsDouble() < 1) {
                    losses.add("- " + cell.title() + ": " + other.title() + ", " + times(ratio));
                }
            }
        }
        paragraph(losses.isEmpty() ? "We lose no row." : "Rows we lose:\n\n" + String.join("\n", losses));
    }

    private void limiters(Results<Cell, Limiter, Round> results, Entry entry) {
        List<Limiter> all = plan.limiters();
        List<String> titles = new ArrayList<>();
        titles.add("");
        all.forEach(limiter -> titles.add(limiter.title()));
        row(titles.toArray(String[]::new));
        rule(titles.size());
        for (Cell cell : results.cells()) {
            List<String> columns = new ArrayList<>();
            columns.add(cell.title());
            all.forEach(limiter ->
                    columns.add(results.rounds(cell, limiter).isEmpty() ? NOTHING : entry.of(cell, limiter)));
            row(columns.toArray(String[]::new));
        }
        end();
    }

    private void header(String first, List<Limiter> limiters) {
        List<String> titles = new ArrayList<>(List.of("", first));
        limiters.forEach(limiter -> titles.add(limiter.title()));
        row(titles.toArray(String[]::new));
        rule(titles.size());
    }

    private void paragraph(String words) {
        text.append(words).append("\n\n");
    }

    private void row(String... columns) {
        text.append("| ").append(String.join(" | ", columns)).append(" |\n");
    }

    private void rule(int columns) {
        text.append("|---".repeat(columns)).append("|\n");
    }

    private void end() {
        text.append('\n');
    }

    private static String tooMany(Results<Cell, Limiter, Round> results, Cell cell, Limiter limiter) {
        return results.rounds(cell, limiter).stream().anyMatch(Round::admittedTooMuch) ? " **too many**" : "";
    }

    /** {@code filterPermits} becomes "filter permits". */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String number(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String whole(OptionalDouble value) {
        return format(value, number -> String.format(Locale.ROOT, "%,.0f", number));
    }

    private static String times(OptionalDouble value) {
        return format(value, number -> number(number) + " x");
    }

    private static String micros(OptionalDouble value) {
        return format(value, number -> String.format(Locale.ROOT, "%.1f", number));
    }

    private static String calls(OptionalDouble value) {
        return format(value, number -> String.format(Locale.ROOT, "%.3f", number));
    }

    private static String millis(OptionalDouble micros) {
        return format(micros, number -> String.format(Locale.ROOT, number < 10 ? "%.4f" : "%.2f", number / 1e3));
    }

    private static String format(OptionalDouble value, Function<Double, String> format) {
        return value.isPresent() ? format.apply(value.getAsDouble()) : NOTHING;
    }

    @FunctionalInterface
    private interface Entry {
        String of(Cell cell, Limiter limiter);
    }

    /**
     * Something we want to reach.
     *
     * @param atLeast or else at most
     * @param measured absent where this run did not
     */
    record Target(String text, boolean atLeast, double wanted, OptionalDouble measured) {

        boolean isMissed() {
            return measured.isPresent()
                    && (atLeast ? measured.getAsDouble() < wanted : measured.getAsDouble() > wanted);
        }
    }
}

package dev.sluice.bench;

import dev.sluice.bench.WebServer.Guard;

import java.nio.file.Path;
import java.util.Map;

/** Runs everything and writes the page, to the file that the system property {@code bench.page} names. */
final class Benchmark {

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        SluiceScript.check();
        Plan plan = Plan.ofSystemProperties();
        InstalledRedis.prefer();
        Page page = new Page(plan, Machine.look(InstalledRedis.description()));
        Targets targets = new Targets();
        boolean exact = true;
        if (plan.includes("limiters")) {
            exact = limiters(plan, page, targets);
        }
        if (plan.includes("web")) {
            exact &= web(plan, page, targets);
        }
        if (plan.includes("lone")) {
            LoneDecision.Times times = LoneDecision.measure(plan.loneMillis());
            targets.lone(times);
            page.lone(times);
        }
        if (plan.includes("pieces")) {
            pieces(plan, page, targets);
        }
        page.targets(targets.all());
        page.writeTo(Path.of(System.getProperty("bench.page", "performance.md")));
        System.exit(exact ? 0 : 1);
    }

    /** Whether Sluice has kept its bound. */
    private static boolean limiters(Plan plan, Page page, Targets targets) throws Exception {
        try (SideBySide sideBySide = new SideBySide(plan)) {
            Results<Cell, Limiter, Round> results = sideBySide.run();
            targets.sideBySide(results);
            page.sideBySide(results);
            return results.cells().stream()
                    .flatMap(cell -> results.rounds(cell, Limiter.SLUICE).stream())
                    .noneMatch(Round::admittedTooMuch);
        }
    }

    /** Whether Sluice has kept its bound. */
    private static boolean web(Plan plan, Page page, Targets targets) throws Exception {
        try (Web web = new Web(plan)) {
            Results<Web.Setting, Guard, Web.Answers> results = web.run();
            targets.web(results);
            page.web(results, web.loadName());
            return results.cells().stream()
                    .flatMap(setting -> results.rounds(setting, Guard.SLUICE).stream())
                    .noneMatch(Web.Answers::admittedTooMuch);
        }
    }

    private static void pieces(Plan plan, Page page, Targets targets) throws Exception {
        Map<String, Pieces.Cost> pieces = Pieces.measure(plan.quick());
        targets.pieces(pieces);
        page.pieces(pieces);
        Map<Limiter, Memory.Bytes> memory = Memory.measure();
        targets.memory(memory);
        page.memory(memory);
        page.start(Web.startMillis(plan.starts()));
    }
}

package dev.sluice.bench;

import dev.sluice.bench.Page.Target;
import dev.sluice.bench.WebServer.Guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What we want to reach, each put beside what was measured. */
final class Targets {

    private final List<Target> targets = new ArrayList<>();

    List<Target> all() {
        return targets;
    }

    void sideBySide(Results<Cell, Limiter, Round> results) {
        Cell many64 = new Cell(Scene.MANY, 0, 1, 64);
        faster(results, many64, Limiter.POOLED, 1.7);
        faster(results, many64, Limiter.BUCKET4J, 3);
        faster(results, many64, Limiter.LETTUCE, 1.7);
        faster(results, new Cell(Scene.MANY, 0, 1, 8), Limiter.POOLED, 1.1);
        Cell hot64 = new Cell(Scene.HOT, 0, 1, 64);
        faster(results, hot64, Limiter.BATCHING, 1.2);
        faster(results, new Cell(Scene.HOT, 0, 4, 64), Limiter.BATCHING, 4);
        atMost(
                hot64.title() + ": p99, x that of " + Limiter.BATCHING.title(),
                1,
                results.ratio(hot64, Limiter.BATCHING, Round::p99));
        Cell rejected64 = new Cell(Scene.REJECTED, 0, 1, 64);
        for (Limiter peer : Limiter.values()) {
            if (peer != Limiter.SLUICE) {
                faster(results, rejected64, peer, 50);
            }
        }
        atMost(
                many64.title() + ": CPU of Redis, x that of " + Limiter.GATEWAY.title(),
                0.6,
                results.ratio(many64, Limiter.GATEWAY, round -> round.cost().cpuMicros()));
    }

    void lone(LoneDecision.Times times) {
        atMost("one lone decision: p50, x that of a bare EVALSHA", 1.05, OptionalDouble.of(times.ratio()));
    }

    void web(Results<Web.Setting, Guard, Web.Answers> results) {
        for (int connections : new int[] {32, 128}) {
            Web.Setting permitted = new Web.Setting(Scene.MANY, connections);
            faster(results, permitted, Guard.POOLED, connections == 32 ? 1.2 : 1.6);
            faster(results, permitted, Guard.BUCKET4J, 2);
            atMost(
                    permitted.title() + ": p99, x that of " + Guard.POOLED.title(),
                    1,
                    results.ratio(permitted, Guard.POOLED, Web.Answers::p99));
            faster(results, new Web.Setting(Scene.REJECTED, connections), Guard.NONE, 0.8);
        }
    }

    void memory(Map<Limiter, Memory.Bytes> memory) {
        Memory.Bytes ours = memory.get(Limiter.SLUICE);
        if (ours != null) {
            atMost("bytes of a bucket in Redis", 200, OptionalDouble.of(Math.max(ours.first(), ours.used())));
        }
    }

    void pieces(Map<String, Pieces.Cost> pieces) {
        allocation(pieces, "permittedDecision", "bytes allocated for a permitted decision", 1_500);
        allocation(pieces, "rememberedRejection", "bytes allocated for a remembered rejection", 400);
    }

    private void allocation(Map<String, Pieces.Cost> pieces, String piece, String text, double most) {
        Pieces.Cost cost = pieces.get(piece);
        atMost(text, most, cost == null ? OptionalDouble.empty() : OptionalDouble.of(cost.bytes()));
    }

    private void faster(Results<Cell, Limiter, Round> results, Cell cell, Limiter peer, double wanted) {
        String text = cell.title() + ": decisions, x those of " + peer.title();
        targets.add(new Target(text, true, wanted, results.ratio(cell, peer, Round::perSecond)));
    }

    private void faster(
            Results<Web.Setting, Guard, Web.Answers> results, Web.Setting setting, Guard guard, double wanted) {
        String text = setting.title() + ": requests, x those of " + guard.title();
        targets.add(new Target(text, true, wanted, results.ratio(setting, guard, Web.Answers::perSecond)));
    }

    private void atMost(String text, double wanted, OptionalDouble measured) {
        targets.add(new Target(text, false, wanted, measured));
    }
}

package dev.sluice.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What was measured: a list of rounds for each cell and contender. */
final class Results {

    private final Map<Cell, Map<Limiter, List<Round>>> rounds = new LinkedHashMap<>();

    void add(Cell cell, Limiter limiter, Round round) {
        rounds.computeIfAbsent(cell, any -> new LinkedHashMap<>())
                .computeIfAbsent(limiter, any -> new ArrayList<>())
                .add(round);
    }

    Set<Cell> cells() {
        return rounds.keySet();
    }

    List<Round> rounds(Cell cell, Limiter limiter) {
        return rounds.getOrDefault(cell, Map.of()).getOrDefault(limiter, List.of());
    }

    /** The median over the rounds. */
    OptionalDouble median(Cell cell, Limiter limiter, ToDoubleFunction<Round> value) {
        return median(rounds(cell, limiter).stream().mapToDouble(value).toArray());
    }

    /** What Sluice has over what the other has, in each round, and of that the median: a noisy neighbour hits both alike. */
    OptionalDouble ratio(Cell cell, Limiter other, ToDoubleFunction<Round> value) {
        List<Round> ours = rounds(cell, Limiter.SLUICE);
        List<Round> theirs = rounds(cell, other);
        double[] ratios = new double[Math.min(ours.size(), theirs.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = value.applyAsDouble(ours.get(i)) / value.applyAsDouble(theirs.get(i));
        }
        return median(ratios);
    }

    boolean admittedTooMuch(Cell cell, Limiter limiter) {
        return rounds(cell, limiter).stream().anyMatch(Round::admittedTooMuch);
    }

    static OptionalDouble median(double... values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sorted[sorted.length / 2]);
    }
}

package dev.sluice.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What was measured: a list of rounds for each cell and contender.
 *
 * @param <C> the cells
 * @param <P> the contenders
 * @param <R> a round
 */
final class Results<C, P, R> {

    private final P ours;
    private final Map<C, Map<P, List<R>>> rounds = new LinkedHashMap<>();

    /** @param ours whom the others are compared with */
    Results(P ours) {
        this.ours = ours;
    }

    void add(C cell, P contender, R round) {
        rounds.computeIfAbsent(cell, any -> new LinkedHashMap<>())
                .computeIfAbsent(contender, any -> new ArrayList<>())
                .add(round);
    }

    Set<C> cells() {
        return rounds.keySet();
    }

    List<R> rounds(C cell, P contender) {
        return rounds.getOrDefault(cell, Map.of()).getOrDefault(contender, List.of());
    }

    /** The median over the rounds. */
    OptionalDouble median(C cell, P contender, ToDoubleFunction<R> value) {
        return median(rounds(cell, contender).stream().mapToDouble(value).toArray());
    }

    /** What we have over what the other has, in each round, and of that the median: a noisy neighbour hits both alike. */
    OptionalDouble ratio(C cell, P other, ToDoubleFunction<R> value) {
        List<R> own = rounds(cell, ours);
        List<R> theirs = rounds(cell, other);
        double[] ratios = new double[Math.min(own.size(), theirs.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = value.applyAsDouble(own.get(i)) / value.applyAsDouble(theirs.get(i));
        }
        return median(ratios);
    }

    static OptionalDouble median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sorted[sorted.length / 2]);
    }
}

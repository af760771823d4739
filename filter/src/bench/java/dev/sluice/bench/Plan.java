package dev.sluice.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is run, and for how long.
 *
 * @param rounds in each cell
 * @param mostToWarm unmeasured rounds of each kind, at most, until a new JVM gets no faster
 * @param compileMillis the length of such a round
 * @param warmMillis at the beginning of each round, unmeasured
 * @param millis measured in each round
 */
record Plan(
        boolean quick,
        List<Limiter> limiters,
        List<Cell> cells,
        int rounds,
        int mostToWarm,
        long compileMillis,
        long warmMillis,
        long millis) {

    private static final int WINDOW_MILLIS = 500;

    private static final int[] THREADS = {1, 8, 64, 256};

    /** In four JVMs together. */
    private static final int[] THREADS_OF_FOUR = {64, 256};

    /** The whole table: some half an hour. */
    static Plan wholeTable() {
        List<Cell> cells = new ArrayList<>();
        for (Scene scene : List.of(Scene.HOT, Scene.MANY, Scene.REJECTED)) {
            for (int threads : THREADS) {
                cells.add(new Cell(scene, 0, 1, threads));
            }
        }
        for (Scene scene : List.of(Scene.HOT, Scene.MANY)) {
            for (int threads : THREADS) {
                cells.add(new Cell(scene, 1, 1, threads));
            }
        }
        for (Scene scene : List.of(Scene.HOT, Scene.MANY, Scene.REJECTED)) {
            for (int threads : THREADS_OF_FOUR) {
                cells.add(new Cell(scene, 0, 4, threads));
            }
        }
        cells.add(new Cell(Scene.EXACT, 0, 1, 64));
        cells.add(new Cell(Scene.EXACT, 0, 4, 64));
        return new Plan(false, List.of(Limiter.values()), cells, 5, 10, 2_000, 200, 500);
    }

    /** Enough to tune by. */
    static Plan quickLook() {
        List<Cell> cells = List.of(
                new Cell(Scene.MANY, 0, 1, 1),
                new Cell(Scene.MANY, 0, 1, 8),
                new Cell(Scene.MANY, 0, 1, 64),
                new Cell(Scene.HOT, 0, 1, 64),
                new Cell(Scene.REJECTED, 0, 1, 64),
                new Cell(Scene.EXACT, 0, 1, 64));
        List<Limiter> limiters = List.of(Limiter.SLUICE, Limiter.POOLED, Limiter.BUCKET4J, Limiter.BATCHING);
        return new Plan(true, limiters, cells, 3, 2, 1_500, 150, 500);
    }

    /**
     * As the system properties say: {@code bench.quick=true}; and to look at less or at more than that,
     * {@code bench.limiters=sluice,pooled} and {@code bench.cells=many:64,hot:256:1:4} (scene, threads, milliseconds of wire, JVMs),
     * {@code bench.rounds}, {@code bench.millis}.
     */
    static Plan ofSystemProperties() {
        Plan plan = Boolean.getBoolean("bench.quick") ? quickLook() : wholeTable();
        String limiters = System.getProperty("bench.limiters", "");
        String cells = System.getProperty("bench.cells", "");
        return new Plan(
                plan.quick,
                limiters.isBlank()
                        ? plan.limiters
                        : Arrays.stream(limiters.split(",")).map(Limiter::of).toList(),
                cells.isBlank()
                        ? plan.cells
                        : Arrays.stream(cells.split(",")).map(Plan::cell).toList(),
                Integer.getInteger("bench.rounds", plan.rounds),
                plan.mostToWarm,
                plan.compileMillis,
                plan.warmMillis,
                Long.getLong("bench.millis", plan.millis));
    }

    /** Options for the JVMs of a contender, such as a recording of where its time goes: {@code bench.jvm.sluice}. */
    List<String> jvmOptions(Limiter limiter) {
        String options = System.getProperty("bench.jvm." + limiter.word(), "");
        return options.isBlank() ? List.of() : List.of(options.split(" "));
    }

    List<Integer> webConnections() {
        return quick ? List.of(32) : List.of(32, 128);
    }

    int webSeconds() {
        return quick ? 1 : 3;
    }

    /** JVMs that the filter is started in, to see how long it takes. */
    int starts() {
        return quick ? 3 : 9;
    }

    /** One of the windows in which lone decisions are timed. */
    int loneMillis() {
        return quick ? WINDOW_MILLIS : 3 * WINDOW_MILLIS;
    }

    /** Whether this part is run; {@code bench.parts=limiters,web,lone,pieces} leaves out the others. */
    boolean includes(String part) {
        String parts = System.getProperty("bench.parts", "");
        return parts.isBlank() || List.of(parts.split(",")).contains(part);
    }

    private static Cell cell(String text) {
        String[] words = text.split(":");
        return new Cell(
                Scene.valueOf(words[0].toUpperCase(java.util.Locale.ROOT)),
                words.length > 2 ? Integer.parseInt(words[2]) : 0,
                words.length > 3 ? Integer.parseInt(words[3]) : 1,
                Integer.parseInt(words[1]));
    }
}

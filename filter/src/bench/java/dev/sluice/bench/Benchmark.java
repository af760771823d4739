package dev.sluice.bench;

import java.io.IOException;

/** Runs everything and writes the page. */
final class Benchmark {

    private Benchmark() {}

    public static void main(String[] arguments) throws IOException {
        try (SideBySide sideBySide = new SideBySide(Plan.ofSystemProperties())) {
            sideBySide.run();
        }
        System.exit(0);
    }
}

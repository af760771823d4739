package dev.sluice.store.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * How much of the machine has nothing to do, as Linux counts it in the first line of {@code /proc/stat} (proc_stat(5)):
 * {@code cpu user nice system idle iowait irq softirq steal ...}, in ticks of all cores together. Confined to one thread.
 */
final class IdleCores implements DoubleSupplier {

    private static final Path STAT = Path.of("/proc/stat");
    private static final int IDLE = 3;
    private static final int IOWAIT = 4;
    private static final int COUNTED = 8; // what follows is part of what came before

    private long formerIdle;
    private long formerTotal;

    /** The share of their time that the cores have idled since this was last asked, 0 to 1; NaN if nobody knows. */
    @Override
    public double getAsDouble() {
        long idle = 0;
        long total = 0;
        try (BufferedReader reader = Files.newBufferedReader(STAT, StandardCharsets.US_ASCII)) {
            long[] ticks = Stream.of(reader.readLine().split(" +"))
                    .skip(1)
                    .limit(COUNTED)
                    .mapToLong(Long::parseLong)
                    .toArray();
            for (int state = 0; state < ticks.length; state++) {
                total += ticks[state];
                idle += state == IDLE || state == IOWAIT ? ticks[state] : 0;
            }
        } catch (IOException | RuntimeException unknown) {
            return Double.NaN;
        }
        double share = (double) (idle - formerIdle) / (total - formerTotal);
        formerIdle = idle;
        formerTotal = total;
        return share;
    }
}

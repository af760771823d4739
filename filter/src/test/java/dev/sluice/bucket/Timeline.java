package dev.sluice.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The timelines of {@code timelines.csv}: what a bucket must answer, for every text of its arithmetic. */
public record Timeline(String name, TokenBucket bucket, List<Step> steps) {

    /** One request. The wait is 0 when it is permitted. */
    public record Step(long atMillis, long cost, boolean permitted, long remaining, long retryAfterMillis) {}

    @Override
    public String toString() {
        return name;
    }

    public static List<Timeline> all() {
        Map<String, Timeline> timelines = new LinkedHashMap<>();
        text().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] cells = line.split(",", -1);
            Timeline timeline = timelines.computeIfAbsent(
                    cells[0], name -> new Timeline(name, bucket(cells[1], cells[2]), new ArrayList<>()));
            timeline.steps.add(new Step(
                    number(cells[3]),
                    number(cells[4]),
                    cells[5].strip().equals("permitted"),
                    number(cells[6]),
                    cells[7].isBlank() ? 0 : number(cells[7])));
        });
        return List.copyOf(timelines.values());
    }

    private static TokenBucket bucket(String capacity, String refill) {
        String[] parts = refill.strip().split("/");
        String period = parts[1].toUpperCase();
        return TokenBucket.of(number(capacity), number(parts[0]), Duration.parse("PT" + period));
    }

    private static long number(String cell) {
        return Long.parseLong(cell.strip());
    }

    private static String text() {
        try (InputStream csv = Timeline.class.getResourceAsStream("timelines.csv")) {
            return new String(csv.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

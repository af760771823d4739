package dev.sluice.metrics;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.limiter.Policies;
import dev.sluice.store.FaultKind;
import dev.sluice.testing.GeneratedPage;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page on operations, its alerts and the dashboard name what is emitted. After a change of the tables run this test once
 * with {@code -Ddocs.write=true}.
 */
class MetricsPageTest {

    private static final Path PAGE = Path.of("docs", "operations.md");
    private static final Path DASHBOARD = Path.of("docs", "grafana-dashboard.json");
    private static final Pattern ALERT = Pattern.compile("(?s)expr: (?:>-)?(.*?) for: ");
    private static final Pattern SERIES = Pattern.compile("(?m)^(sluice_\\w+)\\{([^}]*)} ");
    private static final Pattern JSON_TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern NAME = Pattern.compile("sluice_\\w+");
    private static final Pattern MATCHED_LABEL = Pattern.compile("(\\w+)=~?\"");
    private static final Pattern GROUPED_LABELS = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern LISTED_LABEL = Pattern.compile("label_values\\(.*, (\\w+)\\)$");

    /** Prometheus itself adds it to all that it scrapes. */
    private static final String SCRAPED = "instance";

    @Test
    void saysWhatTheTablesSay() {
        GeneratedPage.check(PAGE, MetricsPageTest::text);
    }

    @Test
    void namesTheAttributesOfTheServletContext() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("`" + Metrics.METER_REGISTRY + "`", "`" + Metrics.OPEN_TELEMETRY + "`");
    }

    @Test
    void theThreeAlertsAskForWhatIsEmitted() throws IOException {
        List<String> alerts = ALERT.matcher(Files.readString(PAGE))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(alerts).hasSize(3);
        alerts.forEach(MetricsPageTest::checkAsksForWhatIsEmitted);
    }

    @Test
    void theDashboardAsksForWhatIsEmittedAndForAllOfIt() throws IOException {
        Set<String> questions = all(JSON_TEXT, Files.readString(DASHBOARD))
                .filter(text -> text.contains("sluice_"))
                .map(text -> text.replace("\\\"", "\""))
                .collect(Collectors.toSet());
        assertThat(questions).hasSizeGreaterThan(12);
        questions.forEach(MetricsPageTest::checkAsksForWhatIsEmitted);
        assertThat(questions.stream().flatMap(question -> all(NAME, question)).collect(Collectors.toSet()))
                .isEqualTo(emitted().keySet());
    }

    private static void checkAsksForWhatIsEmitted(String question) {
        Set<String> names = all(NAME, question).collect(Collectors.toSet());
        assertThat(names).as(question).isNotEmpty();
        assertThat(emitted().keySet()).as(question).containsAll(names);
        Set<String> labels = Stream.of(
                        all(MATCHED_LABEL, question),
                        all(GROUPED_LABELS, question).flatMap(list -> Stream.of(list.split(", *"))),
                        all(LISTED_LABEL, question))
                .flatMap(found -> found)
                .filter(label -> !label.equals(SCRAPED))
                .collect(Collectors.toSet());
        names.forEach(name -> assertThat(emitted().get(name)).as(question).containsAll(labels));
    }

    private static Stream<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MetricsPageTest::lastGroup);
    }

    private static String lastGroup(MatchResult found) {
        return found.group(found.groupCount());
    }

    /** What a filter emits from its start on: names, and the labels of each. */
    private static Map<String, Set<String>> emitted() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Metrics metrics = new Metrics(
                new Place("/page", "f"),
                name -> name.equals(Metrics.METER_REGISTRY) ? Optional.of(registry) : Optional.empty())) {
            metrics.inForce(List.of(Policies.enforced("api", TokenBucket.of(1, 1, Duration.ofSeconds(1)))), () -> 0);
            metrics.publish();
            Map<String, Set<String>> emitted = new HashMap<>();
            SERIES.matcher(registry.scrape())
                    .results()
                    .forEach(series -> emitted.put(
                            series.group(1), all(MATCHED_LABEL, series.group(2)).collect(Collectors.toSet())));
            return emitted;
        }
    }

    private static String text(String block) {
        return switch (block) {
            case "metrics" ->
                "| OpenTelemetry | Prometheus | JMX | |\n|---|---|---|---|\n"
                        + Stream.of(Instrument.values())
                                .map(MetricsPageTest::row)
                                .collect(Collectors.joining());
            case "outcomes" ->
                "| outcome | of a request |\n|---|---|\n"
                        + Stream.of(Outcome.values())
                                .map(outcome -> "| `%s` | %s |\n".formatted(outcome.text(), outcome.meaning()))
                                .collect(Collectors.joining());
            case "faults" ->
                "| kind | |\n|---|---|\n"
                        + Stream.of(FaultKind.values())
                                .map(kind -> "| `%s` | %s |\n"
                                        .formatted(kind.name().toLowerCase(Locale.ROOT), meaning(kind)))
                                .collect(Collectors.joining());
            default -> throw new IllegalArgumentException(block);
        };
    }

    private static String row(Instrument instrument) {
        String words = instrument.text().replace('.', '_');
        String prometheus =
                instrument.isGauge() ? words : words + (instrument.isInSeconds() ? "_seconds_total" : "_total");
        String tags = instrument.tags().stream()
                .map(tag -> "`" + tag + "`")
                .collect(Collectors.joining(", ", instrument.tags().isEmpty() ? "" : " by ", ""));
        String jmx = Stream.concat(
                        Stream.of(instrument.text().substring("sluice.".length())),
                        instrument.tags().stream().map(tag -> "<" + tag + ">"))
                .collect(Collectors.joining("."));
        return "| `%s`, %s | `%s` | `%s` | %s%s |\n"
                .formatted(
                        instrument.text(),
                        instrument.unit(),
                        prometheus,
                        jmx,
                        instrument.meaning(),
                        tags.isEmpty() ? "" : ";" + tags);
    }

    private static String meaning(FaultKind kind) {
        return switch (kind) {
            case DISCONNECTED -> "the connection ended without a reply";
            case LATE -> "no reply before the deadline";
            case GARBAGE -> "a reply that is not one of the script's";
            case REFUSED -> "Redis refuses for the time being: loading, `OOM`, a replica";
            case MISCONFIGURED -> "Redis will refuse until somebody changes its configuration or ours";
        };
    }
}

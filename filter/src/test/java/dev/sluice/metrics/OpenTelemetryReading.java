package dev.sluice.metrics;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What an exporter of OpenTelemetry is given. */
record OpenTelemetryReading(List<MetricData> metrics, String context, String filter) implements Reading {

    static OpenTelemetryReading of(InMemoryMetricReader reader, String context, String filter) {
        return new OpenTelemetryReading(List.copyOf(reader.collectAllMetrics()), context, filter);
    }

    @Override
    public double of(String name, String... tags) {
        AttributesBuilder wanted =
                Attributes.builder().put("sluice.context", context).put("sluice.filter", filter);
        for (int i = 0; i < tags.length; i += 2) {
            wanted.put(tags[i].equals("le") ? "le" : "sluice." + tags[i], tags[i + 1]);
        }
        Attributes attributes = wanted.build();
        return points().filter(point -> point.name().equals(name)
                        && point.data().getAttributes().equals(attributes))
                .mapToDouble(OpenTelemetryReading::value)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + attributes + " in " + metrics));
    }

    private record Point(String name, PointData data) {}

    private Stream<Point> points() {
        return metrics.stream()
                .flatMap(metric -> dataOf(metric).stream().map(data -> new Point(metric.getName(), data)));
    }

    private static Collection<? extends PointData> dataOf(MetricData metric) {
        return metric.getData().getPoints();
    }

    private static double value(Point point) {
        return point.data() instanceof LongPointData number
                ? number.getValue()
                : ((io.opentelemetry.sdk.metrics.data.DoublePointData) point.data()).getValue();
    }

    @Override
    public int size() {
        return (int) points().count();
    }
}

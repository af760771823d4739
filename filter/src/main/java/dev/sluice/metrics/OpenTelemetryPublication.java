package dev.sluice.metrics;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * OpenTelemetry, and the only file that knows it: where it is missing, loading this class fails and {@link Metrics} does
 * without. It is the one in the attribute {@value Metrics#OPEN_TELEMETRY}, or else the global one as soon as the application
 * has set that. To ask for the global one before would set it to one that does nothing, for good.
 */
final class OpenTelemetryPublication implements Publication {

    private final Figures figures;
    private final Place place;
    private final Optional<OpenTelemetry> given;
    private final List<Runnable> published = new ArrayList<>();

    /** @throws ClassCastException if what is given is none of the OpenTelemetry that the filter sees */
    OpenTelemetryPublication(Figures figures, Place place, Optional<Object> given) {
        this.figures = figures;
        this.place = place;
        this.given = given.map(OpenTelemetry.class::cast);
    }

    @Override
    public boolean publish() {
        if (published.isEmpty()) { // after that, new policies come of themselves
            if (given.isEmpty() && !GlobalOpenTelemetry.isSet()) {
                return false;
            }
            Meter meter = given.orElseGet(GlobalOpenTelemetry::get).getMeter("dev.sluice");
            for (Instrument instrument : Instrument.values()) {
                published.add(instrument(meter, instrument));
            }
        }
        return true;
    }

    /** @return what takes it back */
    private Runnable instrument(Meter meter, Instrument instrument) {
        if (instrument.isGauge()) {
            return meter.gaugeBuilder(instrument.text())
                    .ofLongs()
                    .setUnit(instrument.unit())
                    .setDescription(instrument.meaning())
                    .buildWithCallback(measurement -> observe(instrument, measurement))::close;
        }
        if (instrument.isInSeconds()) {
            return meter.counterBuilder(instrument.text())
                    .ofDoubles()
                    .setUnit(instrument.unit())
                    .setDescription(instrument.meaning())
                    .buildWithCallback(measurement -> observe(instrument, measurement))::close;
        }
        return meter.counterBuilder(instrument.text())
                .setUnit(instrument.unit())
                .setDescription(instrument.meaning())
                .buildWithCallback(measurement -> observe(instrument, measurement))::close;
    }

    private void observe(Instrument instrument, ObservableLongMeasurement measurement) {
        of(instrument).forEach(figure -> measurement.record(figure.value().longValue(), attributesOf(figure)));
    }

    private void observe(Instrument instrument, ObservableDoubleMeasurement measurement) {
        of(instrument).forEach(figure -> measurement.record(figure.value().doubleValue(), attributesOf(figure)));
    }

    private Stream<Figure> of(Instrument instrument) {
        return figures.all().stream().filter(figure -> figure.instrument() == instrument);
    }

    /** {@code sluice.policy}: in a namespace, as OpenTelemetry advises; only {@code le} must be called that. */
    private Attributes attributesOf(Figure figure) {
        AttributesBuilder attributes =
                Attributes.builder().put("sluice.context", place.context()).put("sluice.filter", place.filter());
        List<String> names = figure.instrument().tags();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            attributes.put(
                    name.equals("le") ? name : "sluice." + name,
                    figure.tagValues().get(i));
        }
        return attributes.build();
    }

    @Override
    public void close() {
        published.forEach(Runnable::run);
        published.clear();
    }
}

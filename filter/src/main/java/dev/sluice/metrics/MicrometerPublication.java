package dev.sluice.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Micrometer, and the only file that knows it: where it is missing, loading this class fails and {@link Metrics} does
 * without. The registry is the one in the attribute {@value Metrics#METER_REGISTRY}, or else the global one.
 */
final class MicrometerPublication implements Publication {

    private final Figures figures;
    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<String, Meter> published = new HashMap<>();

    /** @throws ClassCastException if what is given is no registry of the Micrometer that the filter sees */
    MicrometerPublication(Figures figures, Place place, Optional<Object> given) {
        this.figures = figures;
        this.registry =
                given.map(MeterRegistry.class::cast).orElse(io.micrometer.core.instrument.Metrics.globalRegistry);
        this.tags = Tags.of("context", place.context(), "filter", place.filter());
    }

    @Override
    public boolean publish() {
        for (Figure figure : figures.all()) {
            published.computeIfAbsent(figure.id(), id -> register(figure));
        }
        return true;
    }

    private Meter register(Figure figure) {
        Instrument instrument = figure.instrument();
        String name = instrument.text().replace('_', '.');
        if (instrument.isGauge()) {
            return Gauge.builder(name, () -> figure.value())
                    .tags(tagsOf(figure))
                    .description(instrument.meaning())
                    .register(registry);
        }
        return FunctionCounter.builder(name, this, self -> figure.value().doubleValue())
                .tags(tagsOf(figure))
                .baseUnit(instrument.isInSeconds() ? "seconds" : null)
                .description(instrument.meaning())
                .register(registry);
    }

    private Tags tagsOf(Figure figure) {
        Tags all = tags;
        List<String> names = figure.instrument().tags();
        for (int i = 0; i < names.size(); i++) {
            all = all.and(names.get(i), figure.tagValues().get(i));
        }
        return all;
    }

    @Override
    public void close() {
        published.values().forEach(registry::remove);
        published.clear();
    }
}

package dev.sluice.metrics;

import dev.sluice.limiter.Observer;
import dev.sluice.policy.Policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * What one filter measures, and where it is published: in JMX, and through Micrometer and OpenTelemetry if the application
 * has them. Nothing that goes wrong here stops a request or the filter. Safe for use by many threads.
 */
public final class Metrics implements AutoCloseable {

    /** The attribute of the servlet context in which an application may leave the {@code MeterRegistry} to use. */
    static final String METER_REGISTRY = "dev.sluice.meterRegistry";

    /** The attribute of the servlet context in which an application may leave the {@code OpenTelemetry} to use. */
    static final String OPEN_TELEMETRY = "dev.sluice.openTelemetry";

    private final Figures figures = new Figures();
    private final Function<String, Optional<Object>> attributes;

    // Guarded by this.
    private Place place;
    private List<Channel> channels = List.of();
    private boolean closed;

    /** @param attributes those of the servlet context */
    public Metrics(Place place, Function<String, Optional<Object>> attributes) {
        this.place = place;
        this.attributes = attributes;
    }

    /** Counts what it is told. */
    public Observer observer() {
        return figures;
    }

    /**
     * These policies are in force from now on; those of before keep their figures.
     *
     * @param openBreakers how many servers of Redis are known to be unavailable
     */
    public void inForce(List<Policy> policies, IntSupplier openBreakers) {
        figures.inForce(policies, openBreakers);
    }

    /** Publishes what is not published yet, and where it could not be so far. */
    public synchronized void publish() {
        if (closed) {
            return;
        }
        if (channels.isEmpty()) {
            Channel jmx = new Channel("JMX", this::jmx); // first: it finds a name that no other filter has
            channels = List.of(
                    jmx,
                    new Channel("Micrometer", this::micrometer),
                    new Channel("OpenTelemetry", this::openTelemetry));
        }
        channels.forEach(Channel::publish);
    }

    /** Takes everything back, so that nothing of the application is kept. */
    @Override
    public synchronized void close() {
        closed = true;
        channels.forEach(Channel::close);
        channels = List.of();
    }

    private Publication jmx() {
        JmxPublication jmx = JmxPublication.register(figures, place);
        place = jmx.place();
        return jmx;
    }

    private Publication micrometer() {
        return new MicrometerPublication(figures, place, attributes.apply(METER_REGISTRY));
    }

    private Publication openTelemetry() {
        return new OpenTelemetryPublication(figures, place, attributes.apply(OPEN_TELEMETRY));
    }
}

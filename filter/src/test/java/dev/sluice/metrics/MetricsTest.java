package dev.sluice.metrics;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.limiter.Policies;
import dev.sluice.policy.Policy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** Where figures are published, and that nothing that goes wrong there does harm. */
class MetricsTest {

    private static final Policy POLICY = Policies.enforced("api", TokenBucket.of(10, 1, Duration.ofHours(1)));

    @Test
    void usesTheGlobalRegistryWhereNoneIsGiven() {
        MeterRegistry registry = new SimpleMeterRegistry();
        io.micrometer.core.instrument.Metrics.addRegistry(registry);
        try (Metrics metrics = published("/global", Map.of())) {
            assertThat(metrics).isNotNull();
            assertThat(registry.get("sluice.requests").tag("context", "/global").functionCounters())
                    .hasSize(Outcome.values().length);
        } finally {
            io.micrometer.core.instrument.Metrics.removeRegistry(registry);
        }
        assertThat(io.micrometer.core.instrument.Metrics.globalRegistry.getMeters())
                .isEmpty();
    }

    @Test
    void neverSetsTheGlobalOpenTelemetryAndUsesOneThatIsSetLater() {
        InMemoryMetricReader exporter = InMemoryMetricReader.create();
        GlobalOpenTelemetry.resetForTest();
        try (OpenTelemetrySdk sdk = sdk(exporter);
                Metrics metrics = published("/later", Map.of())) {
            assertThat(GlobalOpenTelemetry.isSet()).isFalse();
            GlobalOpenTelemetry.set(sdk);
            metrics.publish();
            assertThat(OpenTelemetryReading.of(exporter, "/later", "f")
                            .of("sluice.requests", "policy", "api", "outcome", "permitted"))
                    .isZero();
        } finally {
            GlobalOpenTelemetry.resetForTest();
        }
    }

    @Test
    void whatIsNoRegistryAndNoOpenTelemetryDoesNoHarm() {
        try (Metrics metrics =
                published("/wrong", Map.of(Metrics.METER_REGISTRY, "no registry", Metrics.OPEN_TELEMETRY, "nothing"))) {
            metrics.publish();
            assertThat(JmxReading.of("/wrong", "f").isThere()).isTrue();
        }
        assertThat(JmxReading.of("/wrong", "f").isThere()).isFalse();
    }

    @Test
    void aRegistryThatFailsDoesNoHarm() {
        MeterRegistry broken = new SimpleMeterRegistry();
        broken.config().meterFilter(new io.micrometer.core.instrument.config.MeterFilter() {
            @Override
            public io.micrometer.core.instrument.Meter.Id map(io.micrometer.core.instrument.Meter.Id id) {
                throw new IllegalStateException("broken");
            }
        });
        InMemoryMetricReader exporter = InMemoryMetricReader.create();
        try (OpenTelemetrySdk sdk = sdk(exporter);
                Metrics metrics =
                        published("/broken", Map.of(Metrics.METER_REGISTRY, broken, Metrics.OPEN_TELEMETRY, sdk))) {
            metrics.publish();
            assertThat(OpenTelemetryReading.of(exporter, "/broken", "f").of("sluice.store.calls"))
                    .isZero();
        }
    }

    @Test
    void aFilterWhoseNameIsTakenGetsANumber() {
        try (Metrics one = published("/taken", Map.of())) {
            try (Metrics other = published("/taken", Map.of())) {
                assertThat(one).isNotSameAs(other);
                assertThat(JmxReading.of("/taken", "f").isThere()).isTrue();
                assertThat(JmxReading.of("/taken", "f#2").isThere()).isTrue();
            }
            assertThat(JmxReading.of("/taken", "f#2").isThere()).isFalse();
            assertThat(JmxReading.of("/taken", "f").isThere()).isTrue();
        }
    }

    @Test
    void aNameOfAnyCharactersIsQuoted() {
        try (Metrics metrics = new Metrics(new Place("/a,b=*", "x\"y\\z"), name -> Optional.empty())) {
            metrics.publish();
            assertThat(JmxReading.of("/a,b=\\*", "x\\\"y\\\\z").isThere()).isTrue();
        }
    }

    @Test
    void nothingIsPublishedAfterTheEnd() {
        Metrics metrics = published("/end", Map.of());
        metrics.close();
        metrics.publish();
        assertThat(JmxReading.of("/end", "f").isThere()).isFalse();
        metrics.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"io.micrometer.", "io.opentelemetry.", "io.", "io.micrometer.core.instrument.FunctionCounter"})
    void whatTheApplicationDoesNotHaveIsNotMissed(String missing) throws Exception {
        try (Application application = new Application(missing)) {
            Class<?> place = application.loadClass(Place.class.getName());
            Object metrics = application
                    .loadClass(Metrics.class.getName())
                    .getConstructor(place, Function.class)
                    .newInstance(
                            place.getConstructor(String.class, String.class).newInstance("/without", "f"),
                            (Function<String, Optional<Object>>) name -> Optional.empty());
            metrics.getClass().getMethod("publish").invoke(metrics);
            assertThat(JmxReading.of("/without", "f").of("sluice.store.calls")).isZero();
            ((AutoCloseable) metrics).close();
            assertThat(JmxReading.of("/without", "f").isThere()).isFalse();
        }
    }

    private static Metrics published(String context, Map<String, Object> attributes) {
        Metrics metrics = new Metrics(new Place(context, "f"), name -> Optional.ofNullable(attributes.get(name)));
        metrics.inForce(List.of(POLICY), () -> 0);
        metrics.publish();
        return metrics;
    }

    private static OpenTelemetrySdk sdk(InMemoryMetricReader exporter) {
        return OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(exporter)
                        .build())
                .build();
    }

    /** A class loader of its own for everything, in which some classes are missing. */
    private static final class Application extends URLClassLoader {
        private final String missing;

        Application(String missing) throws Exception {
            super(classPath(), ClassLoader.getPlatformClassLoader());
            this.missing = missing;
        }

        private static URL[] classPath() throws Exception {
            List<URL> urls = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith(missing)) {
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }
    }
}

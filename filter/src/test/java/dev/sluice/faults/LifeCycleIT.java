package dev.sluice.faults;

import dev.sluice.store.redis.RedisBucketStore;
import dev.sluice.store.redis.TestSettings;
import dev.sluice.testing.FaultProxy;
import dev.sluice.testing.Http;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.WebApp;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The application comes and goes. */
class LifeCycleIT {

    private static final Duration END = Duration.ofSeconds(2);
    // Of the container: they outlive every application.
    private static final InMemoryMetricReader SHARED_EXPORTER = InMemoryMetricReader.create();
    private static final OpenTelemetrySdk SHARED_TELEMETRY = OpenTelemetrySdk.builder()
            .setMeterProvider(SdkMeterProvider.builder()
                    .registerMetricReader(SHARED_EXPORTER)
                    .build())
            .build();

    private static final int CYCLES = Integer.getInteger("cycles", 10);

    @BeforeEach
    void nothingIsLeftOfOthers() {
        awaitNoThread();
    }

    @Test
    void closesInTimeThoughRedisHangs() {
        try (RedisServer redis = RedisServer.start();
                Calm calm = new Calm()) {
            RedisBucketStore store = new RedisBucketStore(TestSettings.at(redis.port(), Duration.ofSeconds(10)));
            Load load = Load.on(store).during(Duration.ofMillis(200));
            redis.freeze();
            load.during(Duration.ofMillis(200));
            long before = System.nanoTime();
            store.close();
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            System.out.println("MEASURED close while frozen: " + Scene.millis(took));
            assertThat(took).isLessThan(calm.allow(END));
            Calls calls = load.during(Duration.ofMillis(100)).end();
            assertThat(calls.worst()).isLessThan(calm.allow(END));
            assertThat(Load.call(store, Scene.KEY).isDecided()).isFalse();
            awaitNoThread();
        }
    }

    @Test
    void closesInTimeThoughConnectsHang() {
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(redis);
                Calm calm = new Calm()) {
            proxy.hangConnects();
            long start = System.nanoTime();
            RedisBucketStore store = new RedisBucketStore(TestSettings.at(proxy.port(), Scene.DEADLINE));
            Duration begun = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("MEASURED start while connects hang: " + Scene.millis(begun));
            assertThat(begun).isLessThan(calm.allow(Duration.ofSeconds(1)));
            long before = System.nanoTime();
            store.close();
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            System.out.println("MEASURED close while connects hang: " + Scene.millis(took));
            assertThat(took).isLessThan(calm.allow(END));
            awaitNoThread();
        }
    }

    @Test
    void anApplicationStopsInTimeThoughRedisHangs() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Calm calm = new Calm()) {
            WebApp app = WebApp.with(redis).servlet("/*", new Hello()).start();
            assertThat(app.get("/").status()).isEqualTo(200);
            redis.freeze();
            assertThat(app.get("/").status()).isEqualTo(200);
            long before = System.nanoTime();
            app.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(calm.allow(END));
            awaitNoThread();
        }
    }

    @Test
    void aRefusedStartLeavesNothing() {
        try (RedisServer redis = RedisServer.start()) {
            assertThatThrownBy(() ->
                            WebApp.with(redis).param("bucket.capacity", "0").start())
                    .hasMessageContaining("bucket.capacity");
            awaitNoThread();
        }
    }

    @Test
    void twoApplicationsInOneServerKnowNothingOfEachOther() throws Exception {
        try (RedisServer one = RedisServer.start();
                RedisServer other = RedisServer.start();
                WebApp ofOther = small(other)) {
            try (WebApp ofOne = small(one)) {
                assertThat(ofOne.get("/").status()).isEqualTo(200);
                one.freeze();
                assertThat(ofOne.get("/").status()).isEqualTo(200); // on its own
                assertThat(ofOther.get("/").field("RateLimit").orElseThrow()).contains("r=1");
            }
            assertThat(ofOther.get("/").field("RateLimit").orElseThrow()).contains("r=0");
            assertThat(ofOther.get("/").status()).isEqualTo(429);
        }
    }

    @Test
    void redeploysLeaveNoClassLoaderInJetty() throws Exception {
        try (RedisServer redis = RedisServer.start()) {
            Metrics.addRegistry(new SimpleMeterRegistry());
            Set<?> beans = ManagementFactory.getPlatformMBeanServer().queryNames(null, null);
            List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
            for (int i = 0; i < CYCLES; i++) {
                loaders.add(deployAndUndeploy(redis));
            }
            awaitNoThread();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                System.gc();
                return loaders.stream().allMatch(loader -> loader.get() == null);
            });
            assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(null, null))
                    .hasSize(beans.size());
        }
    }

    private static WebApp small(RedisServer redis) throws Exception {
        return WebApp.with(redis)
                .param("bucket.capacity", "2")
                .param("refill.rate", "0.01")
                .servlet("/*", new Hello())
                .start();
    }

    private static WeakReference<ClassLoader> deployAndUndeploy(RedisServer redis) throws Exception {
        try (OwnClasses loader = new OwnClasses()) {
            Filter filter = (Filter) loader.loadClass("dev.sluice.RateLimitFilter")
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(filter.getClass().getClassLoader()).isSameAs(loader);
            Server server = new Server();
            ServerConnector connector = new ServerConnector(server);
            connector.setHost(Loopback.HOST);
            server.addConnector(connector);
            ServletContextHandler context = new ServletContextHandler();
            context.setClassLoader(loader);
            FilterHolder holder = new FilterHolder(filter);
            holder.setAsyncSupported(true);
            holder.setInitParameter("redis.address", redis.address());
            context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
            context.addServlet(new ServletHolder(new Hello()), "/*");
            context.setAttribute("dev.sluice.openTelemetry", SHARED_TELEMETRY);
            server.setHandler(context);
            server.start();
            URI uri = URI.create("http://" + Loopback.HOST + ":" + connector.getLocalPort() + "/");
            assertThat(Http.get(uri).field("RateLimit")).isPresent();
            assertThat(SHARED_EXPORTER.collectAllMetrics()).isNotEmpty();
            assertThat(Metrics.globalRegistry.find("sluice.requests").functionCounters())
                    .isNotEmpty();
            server.stop();
            assertThat(SHARED_EXPORTER.collectAllMetrics()).isEmpty();
            assertThat(Metrics.globalRegistry.getMeters()).isEmpty();
            return new WeakReference<>(loader);
        }
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("hello");
        }
    }

    /** The class loader of a WAR that has our jar and its dependencies in its {@code WEB-INF/lib}. */
    private static final class OwnClasses extends URLClassLoader {

        // MicroProfile too: an implementation that is shared keeps a configuration for each application, and the
        // container that shares it releases that.
        private static final List<String> OWN = List.of(
                "dev.sluice.",
                "redis.clients.",
                "com.github.benmanes.",
                "org.apache.commons.pool2.",
                "org.eclipse.microprofile.",
                "io.smallrye.");

        OwnClasses() {
            super(classPath(), LifeCycleIT.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (OWN.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(entry -> {
                        try {
                            return Path.of(entry).toUri().toURL();
                        } catch (MalformedURLException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toArray(URL[]::new);
        }
    }

    private static void awaitNoThread() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(3))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("sluice-")));
    }
}

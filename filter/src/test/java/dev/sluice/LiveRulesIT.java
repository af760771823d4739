package dev.sluice;

import dev.sluice.config.ConfigurationReader;
import dev.sluice.config.Deployment;
import dev.sluice.faults.LogLines;
import dev.sluice.metrics.Metrics;
import dev.sluice.metrics.Place;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SharedRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A heap that is full for a moment neither ends the reloading nor leaves anything behind. */
@ExtendWith(SharedRedis.class)
@Timeout(60)
class LiveRulesIT {

    private static final String PREFIX = "live.rules.test";

    private final AtomicInteger readsToFail = new AtomicInteger();

    @BeforeEach
    void configure(RedisServer redis) {
        set("redis.address", redis.address());
        set("reload-every", "1s");
    }

    @AfterEach
    void hasLeftNothingBehind() {
        System.getProperties().keySet().removeIf(name -> name.toString().startsWith(PREFIX));
        assertThat(threads()).isEmpty();
    }

    @Test
    void reloadsAfterTheConfigurationCouldNotBeReadAndSaysSoOnce() throws IOException {
        String said = "Looking for a changed configuration failed, and is tried again";
        try (LogLines log = LogLines.capture();
                LiveRules rules = new LiveRules("test", reader(), metrics(name -> Optional.empty()))) {
            readsToFail.set(2);
            awaitChange(rules, "bucket.capacity", "77");
            assertThat(log.containing(said))
                    .containsExactly("SEVERE " + said + ": java.lang.OutOfMemoryError: made by the test");
        }
        assertThat(Files.readString(Path.of("docs", "operations.md"))).contains(said);
    }

    @Test
    void reloadsAfterItsFiguresCouldNotBePublished() {
        AtomicInteger figuresToFail = new AtomicInteger();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        registry.config().onMeterAdded(figure -> failIfToCome(figuresToFail));
        try (LiveRules rules = new LiveRules(
                "test",
                reader(),
                metrics(name -> Optional.<Object>of(registry).filter(found -> name.endsWith(".meterRegistry"))))) {
            figuresToFail.set(1);
            set("policy.login.refill", "5/1m");
            awaitChange(rules, "policy.login.capacity", "5"); // has figures of its own
            Awaitility.await().until(() -> figuresToFail.get() == 0);
            awaitChange(rules, "policy.login.capacity", "6");
        }
    }

    @Test
    void leavesNothingBehindIfItCannotStart() {
        assertThatThrownBy(() -> new LiveRules("test", reader(), metrics(name -> {
                    throw new OutOfMemoryError("made by the test");
                })))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void leavesNothingBehindIfItIsClosedWhileItGoesToAnotherRedis() {
        LiveRules rules = new LiveRules("test", reader(), metrics(name -> Optional.empty()));
        try (RedisServer frozen = RedisServer.start()) {
            frozen.freeze();
            set("redis.address", frozen.address());
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> threads().contains("sluice-watchdog-" + frozen.address()));
        } finally {
            rules.close();
        }
    }

    private void awaitChange(LiveRules rules, String property, String value) {
        Rules former = rules.now();
        set(property, value);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> rules.now() != former);
    }

    private static void failIfToCome(AtomicInteger failures) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new OutOfMemoryError("made by the test");
        }
    }

    private static void set(String property, String value) {
        System.setProperty(PREFIX + "." + property, value);
    }

    private ConfigurationReader reader() {
        ClassLoader application = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                failIfToCome(readsToFail);
                return super.getResources(name);
            }
        };
        return new ConfigurationReader(Deployment.of("test", Map.of("prefix", PREFIX), Map.of(), application));
    }

    private static Metrics metrics(Function<String, Optional<Object>> attributes) {
        return new Metrics(new Place("/test", "test"), attributes);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sluice-"))
                .toList();
    }
}

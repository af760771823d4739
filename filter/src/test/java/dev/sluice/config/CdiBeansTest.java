package dev.sluice.config;

import dev.sluice.key.PartitionKey;
import dev.sluice.key.RequestView;
import dev.sluice.key.SampleRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Partition keys that are beans of CDI, in Weld; and the same where it is not running, or not there. */
class CdiBeansTest {

    /** What a key may want to have injected. */
    @ApplicationScoped
    public static class Tenants {
        private final AtomicInteger asked = new AtomicInteger();

        String next() {
            return "tenant " + asked.incrementAndGet();
        }
    }

    /** Only CDI can make it. */
    @ApplicationScoped
    public static class BeanKey implements PartitionKey {
        private Tenants tenants = new Tenants();

        /** For the proxy. */
        protected BeanKey() {}

        @Inject
        BeanKey(Tenants tenants) {
            this.tenants = tenants;
        }

        @Override
        public Optional<String> of(RequestView request) {
            return Optional.of(tenants.next());
        }
    }

    /** A bean that is there twice. */
    @Dependent
    public static class GeneralKey implements PartitionKey {
        @Override
        public Optional<String> of(RequestView request) {
            return Optional.of("general");
        }
    }

    /** The second. */
    @Dependent
    public static class SpecialKey extends GeneralKey {}

    /** A bean that fails. */
    @Dependent
    public static class FailingKey extends GeneralKey {
        /** Throws. */
        public FailingKey() {
            throw new IllegalStateException("no tenants");
        }
    }

    /** No bean. */
    public static final class PlainKey implements PartitionKey {
        @Override
        public Optional<String> of(RequestView request) {
            return Optional.of("plain");
        }
    }

    private static final RequestView REQUEST = SampleRequest.of("GET", "/");

    private final CustomKeys keys = new CustomKeys(getClass().getClassLoader());

    @Test
    void areMadeByCdiWithWhatTheyNeed() {
        try (SeContainer container = weld(Tenants.class, BeanKey.class)) {
            PartitionKey key = keys.apply(BeanKey.class.getName());
            assertThat(key.of(REQUEST)).contains("tenant 1");
            assertThat(container.select(Tenants.class).get().next()).isEqualTo("tenant 2");
        }
    }

    @Test
    void aClassThatIsNoBeanIsMadeByUs() {
        try (SeContainer container = weld(Tenants.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(keys.apply(PlainKey.class.getName()).of(REQUEST)).contains("plain");
        }
    }

    @Test
    void sayWhyCdiCannotMakeThem() {
        try (SeContainer container = weld(GeneralKey.class, SpecialKey.class, FailingKey.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThatThrownBy(() -> keys.apply(GeneralKey.class.getName()))
                    .hasMessageContaining(
                            "GeneralKey is a bean for which CDI threw org.jboss.weld.exceptions.AmbiguousResolution");
            assertThatThrownBy(() -> keys.apply(FailingKey.class.getName()))
                    .hasMessageContaining("FailingKey is a bean for which CDI threw ")
                    .hasMessageContaining("no tenants");
        }
    }

    @Test
    void nothingIsMissedWhereCdiIsNotRunning() {
        assertThat(keys.apply(GeneralKey.class.getName()).of(REQUEST)).contains("general");
    }

    @Test
    void nothingIsMissedWhereCdiIsNotThere() {
        ClassLoader without = new ClassLoader(getClass().getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith("jakarta.enterprise.")) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        };
        assertThat(new CustomKeys(without).apply(PlainKey.class.getName()).of(REQUEST))
                .contains("plain");
    }

    private static SeContainer weld(Class<?>... beans) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(beans)
                .initialize();
    }
}

package dev.sluice.config;

import dev.sluice.key.PartitionKey;
import dev.sluice.key.RequestView;
import org.junit.jupiter.api.Test;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Partition keys that an application brings along. */
class CustomKeysTest {

    private static final String EXPECTED =
            "expected a public class that implements PartitionKey, with a public constructor" + " without parameters; ";

    /** A good one. */
    public static class TenantKey implements PartitionKey {
        static int made;

        public TenantKey() {
            made++;
        }

        @Override
        public Optional<String> of(RequestView request) {
            return Optional.of("tenant");
        }
    }

    /** Without the constructor. */
    public static class NeedsMore implements PartitionKey {
        public NeedsMore(String more) {
            assertThat(more).isNotNull();
        }

        @Override
        public Optional<String> of(RequestView request) {
            return Optional.empty();
        }
    }

    /** With a constructor that fails. */
    public static class Fails extends TenantKey {
        public Fails() {
            throw new IllegalStateException("no tenants");
        }
    }

    /** Without a class initialiser that works. */
    public static class CannotBeLoaded extends TenantKey {
        static final int ZERO = Integer.parseInt("zero");
    }

    static class Hidden extends TenantKey {}

    @Test
    void areMadeOnceForAllReadings() {
        CustomKeys keys = new CustomKeys(getClass().getClassLoader());
        int before = TenantKey.made;
        PartitionKey key = keys.apply(TenantKey.class.getName());
        assertThat(keys.apply(TenantKey.class.getName())).isSameAs(key);
        assertThat(TenantKey.made).isEqualTo(before + 1);
    }

    @Test
    void areFoundByTheirNameInTheConfiguration() {
        assertThat(mistake(TenantKey.class.getName())).isEmpty();
    }

    @Test
    void sayWhatIsWrongWithTheClass() {
        assertThat(mistake("com.example.Missing"))
                .endsWith(EXPECTED + "com.example.Missing is not found in the application");
        assertThat(mistake("java.lang.String"))
                .endsWith(EXPECTED + "java.lang.String does not implement dev.sluice.key.PartitionKey");
        assertThat(mistake(NeedsMore.class.getName()))
                .endsWith("NeedsMore is not public, or has no public constructor without parameters");
        assertThat(mistake(Hidden.class.getName()))
                .endsWith("Hidden is not public, or has no public constructor without parameters");
        assertThat(mistake(Fails.class.getName()))
                .endsWith("Fails has a constructor that threw java.lang.IllegalStateException: no tenants");
        assertThat(mistake(CannotBeLoaded.class.getName()))
                .contains("CannotBeLoaded cannot be loaded: java.lang.ExceptionInInitializerError");
    }

    private static String mistake(String className) {
        return String.join(
                "\n",
                new Scene()
                        .with("file", "ratelimit.policy.a.capacity", "5")
                        .with("file", "ratelimit.policy.a.refill", "5/s")
                        .with("file", "ratelimit.policy.a.key", className)
                        .mistakes());
    }
}

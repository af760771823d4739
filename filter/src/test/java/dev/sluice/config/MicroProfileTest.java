package dev.sluice.config;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** With MicroProfile Config in the application, its sources, expressions and profiles are the configuration. */
class MicroProfileTest {

    private static final String FILE = "file:/app/META-INF/microprofile-config.properties";

    private final MemoryFiles application = new MemoryFiles("");

    @Test
    void tenLinesWorkFromAFile() {
        TenLinesTest.check(read(with(TenLinesTest.scene("file", name -> name)), new Scene()));
    }

    @Test
    void tenLinesWorkFromSystemProperties() {
        TenLinesTest.check(read(with(TenLinesTest.scene("system", name -> name)), new Scene()));
    }

    @Test
    void tenLinesWorkFromEnvironmentVariablesAlone() {
        Scene scene = TenLinesTest.scene("env", TenLinesTest::capitals);
        TenLinesTest.check(read(with(scene), scene));
    }

    @Test
    void tenLinesWorkFromInitParams() {
        TenLinesTest.check(read(with(new Scene()), TenLinesTest.scene("init", name -> name.replace("ratelimit.", ""))));
    }

    @Test
    void saysThatItIsInUse() {
        assertThat(read(with(new Scene()), new Scene()).startLines())
                .contains("configuration from MicroProfile Config (io.smallrye.config.SmallRyeConfig) and init-params");
    }

    @Test
    void originsAreCalledAsWithoutIt() {
        Scene scene = Scene.of("""
                file     ratelimit.policy.login-api.capacity = 5
                file     ratelimit.policy.login-api.refill = 5/1m
                file     ratelimit.policy.login-api.paths = /login
                init     policy.login-api.paths = /logon
                init     policy.login-api.refill = 6/1m
                env      RATELIMIT_POLICY_LOGIN_API_CAPACITY = 7
                env      RATELIMIT_POLICY_LOGIN_API_REFILL = 7/1m
                system   ratelimit.policy.login-api.refill = 8/1m
                dotenv   RATELIMIT_POLICY_LOGIN_API_KEY = all
                """);
        Config config = builder(scene)
                .withSources(new Table("a table in the database", 250, Map.of("ratelimit.mode", "shadow")))
                .build();
        assertThat(policyLine(read(config, scene), "login-api"))
                .isEqualTo("policy login-api: capacity 7 (environment variable RATELIMIT_POLICY_LOGIN_API_CAPACITY),"
                        + " refill 8/1m (system property), 0.1333 tokens per second, full in 52.5s,"
                        + " key all (.env RATELIMIT_POLICY_LOGIN_API_KEY),"
                        + " paths /logon (init-param of filter \"rate-limit\"), mode shadow (a table in the database),"
                        + " on-failure local (default)");
    }

    @Test
    void namesThatItMakesUpAreNoMistakes() {
        Scene scene = Scene.of("""
                env      RATELIMIT_PORT = tcp://10.0.0.1:80
                env      RATELIMIT_POLICY_LOGIN_API_ON_FAILURE = reject
                env      RATELIMIT_POLICY_LOGIN_API_CAPACITY = 5
                env      RATELIMIT_POLICY_LOGIN_API_REFILL = 5/1m
                """);
        Settings settings = read(with(scene), scene);
        assertThat(settings.policies()).extracting("name").containsExactly("login-api");
        assertThat(settings.notices())
                .extracting(Notice::text)
                .containsExactly("RATELIMIT_PORT (environment variable): unknown option; ignored");
    }

    @Test
    void unknownNamesAreMistakesWhereverTheyStand() {
        Scene scene = Scene.of("""
                file     ratelimit.bucket.capactiy = 5
                system   ratelimit.redis.adress = a
                """);
        assertThatThrownBy(() -> read(with(scene), scene))
                .hasMessage(
                        "ratelimit.bucket.capactiy = \"5\" (META-INF/microprofile-config.properties): unknown option; did you mean"
                                + " ratelimit.bucket.capacity?\n"
                                + "ratelimit.redis.adress = \"a\" (system property): unknown option; did you mean"
                                + " ratelimit.redis.address?");
    }

    @Test
    void bareNamesAndInitParamsAreMergedByOrdinal() {
        Scene scene = Scene.of("""
                env      REDIS_ADDRESS = bare
                init     redis.address = parameter
                file     ratelimit.redis.address = file
                """);
        assertThat(redis(read(with(scene), scene))).isEqualTo("bare:6379");
        scene.said("env").clear();
        assertThat(redis(read(with(scene), scene))).isEqualTo("parameter:6379");
        scene.said("init").clear();
        assertThat(redis(read(with(scene), scene))).isEqualTo("file:6379");
    }

    @Test
    void anEmptyValueTakesAwayWhatInitParamsSay() {
        Scene scene = Scene.of("""
                env      RATELIMIT_REDIS_ADDRESS =
                init     redis.address = parameter
                """);
        assertThat(redis(read(with(scene), scene))).isEqualTo("localhost:6379");
    }

    @Test
    void expressionsAndProfilesWork() {
        Scene scene = Scene.of("""
                file     ratelimit.redis.address = ${region}.redis.internal
                file     %prod.region = eu
                file     region = none
                """);
        Config config = builder(scene).withProfile("prod").build();
        assertThat(redis(read(config, scene))).isEqualTo("eu.redis.internal:6379");
    }

    @Test
    void anExpressionThatCannotBeExpandedIsAMistake() {
        Scene scene = Scene.of("file ratelimit.redis.password = ${nobody-says-this}");
        assertThatThrownBy(() -> read(with(scene), scene))
                .hasMessage("ratelimit.redis.password = \"****\" (META-INF/microprofile-config.properties):"
                        + " holds an expression that MicroProfile Config cannot expand");
    }

    @Test
    void aValueThatChangesIsSeenAtTheNextReading() {
        Map<String, String> table = new HashMap<>(Map.of("ratelimit.bucket.capacity", "5"));
        ConfigurationReader reader = reader(
                builder(new Scene())
                        .withSources(new Table("a table", 250, table))
                        .build(),
                new Scene());
        Settings first = reader.read();
        assertThat(reader.read().differsFrom(first)).isFalse();
        table.put("ratelimit.bucket.capacity", "50");
        Settings second = reader.read();
        assertThat(second.differsFrom(first)).isTrue();
        assertThat(second.policies().get(0).bucket().capacity()).isEqualTo(50);
        table.put("ratelimit.bucket.capacity", "none");
        assertThatThrownBy(reader::read)
                .hasMessage(
                        "ratelimit.bucket.capacity = \"none\" (a table): expected a whole number from 1 to 1000000000");
    }

    @Test
    void aFileThatChangesIsSeenAlthoughItReadsItOnce() {
        application.replace("ratelimit.bucket.capacity = 5\nratelimit.refill.rate = 2");
        Scene scene = Scene.of("""
                file     ratelimit.bucket.capacity = 5
                file     ratelimit.refill.rate = 2
                env      RATELIMIT_REFILL_RATE = 3
                """);
        ConfigurationReader reader = reader(with(scene), scene);
        assertThat(bucket(reader.read())).isEqualTo("5, 3 per 1000000");
        application.replace("ratelimit.bucket.capacity = 50\nratelimit.refill.rate = 20");
        assertThat(bucket(reader.read())).isEqualTo("50, 3 per 1000000");
        application.replace("ratelimit.refill.rate = 20");
        assertThat(bucket(reader.read())).isEqualTo("10, 3 per 1000000");
        application.replace("ratelimit.cost = 2\nratelimit.bucket.capacity = 5\nratelimit.refill.rate = 20");
        Settings last = reader.read();
        assertThat(bucket(last)).isEqualTo("5, 3 per 1000000");
        assertThat(last.policies().get(0).cost()).isEqualTo(2);
    }

    @Test
    void namesThatASourceGainsAreSeenAlthoughItListsThemOnce() {
        Map<String, String> table = new HashMap<>(Map.of("ratelimit.bucket.capacity", "5"));
        ConfigurationReader reader = reader(
                builder(new Scene())
                        .withSources(new Table("a table", 250, table))
                        .build(),
                new Scene());
        assertThat(reader.read().policies()).extracting("name").containsExactly("default");
        table.put("ratelimit.policy.late.capacity", "4");
        table.put("ratelimit.policy.late.refill", "4/1m");
        assertThat(reader.read().policies()).extracting("name").containsExactly("late");
        table.put("ratelimit.policy.late.capcity", "6");
        assertThatThrownBy(reader::read)
                .hasMessage("ratelimit.policy.late.capcity = \"6\" (a table): unknown option; did you mean"
                        + " ratelimit.policy.late.capacity?");
        table.remove("ratelimit.policy.late.capcity");
        assertThat(reader.read().policies()).extracting("name").containsExactly("late");
    }

    @Test
    void aSourceThatCannotListItsNamesIsStillRead() {
        AtomicReference<Supplier<Set<String>>> names = new AtomicReference<>(() -> Set.of("ratelimit.bucket.capacity"));
        Map<String, String> table = Map.of("ratelimit.bucket.capacity", "5");
        ConfigurationReader reader = reader(
                builder(new Scene())
                        .withSources(new Table("a table", 250, table) {
                            @Override
                            public Set<String> getPropertyNames() {
                                return names.get().get();
                            }
                        })
                        .build(),
                new Scene());
        assertThat(bucket(reader.read())).startsWith("5, ");
        names.set(() -> null);
        assertThat(bucket(reader.read())).startsWith("5, ");
        names.set(() -> {
            throw new IllegalStateException("the database is gone");
        });
        assertThat(bucket(reader.read())).startsWith("5, ");
    }

    @Test
    void aLineOfTheActiveProfileStaysInForceWhateverHappensToThePlainOne() {
        for (String plain : List.of("500", "7")) {
            ConfigurationReader reader = readerOfFile("""
                    %prod.ratelimit.bucket.capacity = 7
                    ratelimit.bucket.capacity = PLAIN
                    """.replace("PLAIN", plain));
            assertThat(bucket(reader.read())).startsWith("7, ");
            application.replace("%prod.ratelimit.bucket.capacity = 7\nratelimit.bucket.capacity = 600");
            assertThat(bucket(reader.read())).startsWith("7, ");
            application.replace("%prod.ratelimit.bucket.capacity = 7");
            assertThat(bucket(reader.read())).startsWith("7, ");
        }
        ConfigurationReader reader = readerOfFile("%prod.ratelimit.bucket.capacity = 7");
        assertThat(bucket(reader.read())).startsWith("7, ");
        application.replace("%prod.ratelimit.bucket.capacity = 7\nratelimit.bucket.capacity = 600");
        assertThat(bucket(reader.read())).startsWith("7, ");
    }

    @Test
    void aPlainLineThatChangesIsSeenBesideALineOfAnotherProfile() {
        ConfigurationReader reader = readerOfFile("""
                %dev.ratelimit.bucket.capacity = 7
                ratelimit.bucket.capacity = 500
                ratelimit.refill.rate = ${rate}
                rate = 2
                """);
        assertThat(bucket(reader.read())).isEqualTo("500, 1 per 500000");
        application.replace("""
                %dev.ratelimit.bucket.capacity = 7
                ratelimit.bucket.capacity = 600
                ratelimit.refill.rate = ${rate}
                rate = 4
                """);
        assertThat(bucket(reader.read()))
                .as("the parts of an expression are read once")
                .isEqualTo("600, 1 per 500000");
        application.replace("ratelimit.bucket.capacity = 600\nratelimit.refill.rate = 4");
        assertThat(bucket(reader.read())).isEqualTo("600, 1 per 250000");
    }

    @Test
    void aWrongNameInADotEnvFileIsToldAsSuch() {
        Scene scene = Scene.of("""
                dotenv   RATELIMIT_BUCKET_CAPCITY = 5
                env      RATELIMIT_BUCKET_CAPAICTY = 5
                """);
        Config config = builder(scene)
                .withSources(new EnvConfigSource(scene.said("dotenv"), 295) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getName() {
                        return "PropertiesConfigSource[source=file:/app/.env]";
                    }
                })
                .build();
        assertThat(read(config, scene).notices())
                .extracting(Notice::text)
                .containsExactly(
                        "RATELIMIT_BUCKET_CAPAICTY (environment variable): unknown option; did you mean"
                                + " RATELIMIT_BUCKET_CAPACITY?; ignored",
                        "RATELIMIT_BUCKET_CAPCITY (.env): unknown option; did you mean"
                                + " RATELIMIT_BUCKET_CAPACITY?; ignored");
    }

    @Test
    void aFailureOfOneValueIsAMistakeOfThatValue() {
        Config config = builder(new Scene())
                .withSources(new Table("a table", 250, Map.of()) {
                    @Override
                    public String getValue(String name) {
                        if (name.equals("ratelimit.bucket.capacity")) {
                            throw new IllegalStateException("the database is gone");
                        }
                        return super.getValue(name);
                    }
                })
                .build();
        assertThatThrownBy(() -> read(config, new Scene()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("ratelimit.bucket.capacity = \"\" (MicroProfile Config):"
                        + " cannot be read: the database is gone");
    }

    private SmallRyeConfigBuilder builder(Scene scene) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new Table("SysPropConfigSource", 400, scene.said("system")))
                .withSources(new EnvConfigSource(scene.said("env"), 300))
                .withSources(new PropertiesConfigSource(scene.said("file"), FILE, 100));
    }

    /** With the profile {@code prod}. */
    private ConfigurationReader readerOfFile(String text) {
        application.replace(text);
        Scene scene = Scene.of(text.replaceAll("(?m)^", "file "));
        return reader(builder(scene).withProfile("prod").build(), scene);
    }

    private Settings read(Config config, Scene scene) {
        return reader(config, scene).read();
    }

    private Config with(Scene scene) {
        return builder(scene).build();
    }

    private ConfigurationReader reader(Config config, Scene scene) {
        Registration.replace(config, application);
        return new ConfigurationReader(scene.deployment(application));
    }

    private static String redis(Settings settings) {
        return settings.redis().topology().name();
    }

    private static String bucket(Settings settings) {
        var bucket = settings.policies().get(0).bucket();
        return bucket.capacity() + ", " + bucket.refillTokens() + " per " + bucket.refillPeriodMicros();
    }

    private static String policyLine(Settings settings, String policy) {
        return settings.startLines().stream()
                .filter(line -> line.startsWith("policy " + policy + ":"))
                .findFirst()
                .orElseThrow();
    }

    /** A source whose values may change. */
    private static class Table implements ConfigSource {
        private final String name;
        private final int ordinal;
        private final Map<String, String> values;

        Table(String name, int ordinal, Map<String, String> values) {
            this.name = name;
            this.ordinal = ordinal;
            this.values = values;
        }

        @Override
        public Set<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public String getValue(String property) {
            return values.get(property);
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public int getOrdinal() {
            return ordinal;
        }
    }
}

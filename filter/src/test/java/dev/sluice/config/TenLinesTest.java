package dev.sluice.config;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.policy.FailureMode;
import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/** The example of the design, word by word, from each kind of source. */
class TenLinesTest {

    static final String TEN_LINES = """
            ratelimit.redis.address            = redis.internal:6379
            ratelimit.trusted-proxies          = 10.0.0.0/8
            ratelimit.policy.login.paths       = /login
            ratelimit.policy.login.methods     = POST
            ratelimit.policy.login.capacity    = 5
            ratelimit.policy.login.refill      = 5/1m
            ratelimit.policy.login.on-failure  = reject
            ratelimit.policy.api.paths         = /api/*
            ratelimit.policy.api.key           = header:X-API-Key,ip
            ratelimit.policy.api.capacity      = 200
            ratelimit.policy.api.refill        = 100/1s
            """;

    @Test
    void worksFromAFile() {
        check(scene("file", name -> name).settings());
    }

    @Test
    void worksFromSystemProperties() {
        check(scene("system", name -> name).settings());
    }

    @Test
    void worksFromEnvironmentVariablesAlone() {
        check(scene("env", TenLinesTest::capitals).settings());
    }

    @Test
    void worksFromDotEnv() {
        check(scene("dotenv", TenLinesTest::capitals).settings());
    }

    @Test
    void worksFromInitParams() {
        check(scene("init", name -> name.replace("ratelimit.", "")).settings());
    }

    @Test
    void saysWhatIsInForceAndWhoSaidSo() {
        assertThat(scene("file", name -> name).settings().startLines())
                .containsExactly(
                        "configuration from system properties, environment variables, init-params and"
                                + " META-INF/microprofile-config.properties",
                        "Redis redis.internal:6379 (META-INF/microprofile-config.properties), deadline 150ms (default)",
                        "also set: trusted-proxies 10.0.0.0/8 (META-INF/microprofile-config.properties)",
                        "policy api: capacity 200 (META-INF/microprofile-config.properties), refill 100/1s"
                                + " (META-INF/microprofile-config.properties), 100 tokens per second, full in 2s,"
                                + " key header:X-API-Key,ip (META-INF/microprofile-config.properties),"
                                + " paths /api/* (META-INF/microprofile-config.properties), on-failure local (default)",
                        "policy login: capacity 5 (META-INF/microprofile-config.properties), refill 5/1m"
                                + " (META-INF/microprofile-config.properties), 0.08333 tokens per second, full in 1m,"
                                + " key ip (default), paths /login (META-INF/microprofile-config.properties),"
                                + " methods POST (META-INF/microprofile-config.properties),"
                                + " on-failure reject (META-INF/microprofile-config.properties)");
    }

    static Scene scene(String source, UnaryOperator<String> spelling) {
        Scene scene = new Scene();
        TEN_LINES.lines().forEach(line -> {
            String[] parts = line.split("=", 2);
            scene.with(source, spelling.apply(parts[0].strip()), parts[1].strip());
        });
        return scene;
    }

    static String capitals(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    static void check(Settings settings) {
        assertThat(settings.redis()).hasToString("redis://redis.internal:6379/0");
        assertThat(settings.clientAddress().trustedProxies().isEmpty()).isFalse();
        assertThat(settings.policies()).extracting(Policy::name).containsExactly("api", "login");
        Policy api = settings.policies().get(0);
        assertThat(api.bucket()).isEqualTo(TokenBucket.of(200, 100, Duration.ofSeconds(1)));
        assertThat(api.partition()).hasToString("header:X-API-Key,ip");
        assertThat(api.onFailure()).isEqualTo(FailureMode.LOCAL);
        Policy login = settings.policies().get(1);
        assertThat(login.bucket()).isEqualTo(TokenBucket.of(5, 5, Duration.ofMinutes(1)));
        assertThat(login.partition()).hasToString("ip");
        assertThat(login.cost()).isEqualTo(1);
        assertThat(login.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(login.onFailure()).isEqualTo(FailureMode.REJECT);
    }
}

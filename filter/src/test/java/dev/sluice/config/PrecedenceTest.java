package dev.sluice.config;

import dev.sluice.store.redis.Credentials;
import org.junit.jupiter.api.Test;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Who wins where several sources speak. */
class PrecedenceTest {

    @Test
    void theHighestOrdinalWins() {
        Scene scene = Scene.of("""
                system   ratelimit.redis.address = a
                env      RATELIMIT_REDIS_ADDRESS = b
                dotenv   RATELIMIT_REDIS_ADDRESS = c
                init     redis.address = d
                file     ratelimit.redis.address = e
                """);
        assertThat(redis(scene)).isEqualTo("a:6379");
        scene.said("system").clear();
        assertThat(redis(scene)).isEqualTo("b:6379");
        scene.said("env").clear();
        assertThat(redis(scene)).isEqualTo("c:6379");
        scene.said("dotenv").clear();
        assertThat(redis(scene)).isEqualTo("d:6379");
        scene.said("init").clear();
        assertThat(redis(scene)).isEqualTo("e:6379");
        scene.said("file").clear();
        assertThat(redis(scene)).isEqualTo("localhost:6379");
    }

    @Test
    void aMixedCaseSaysWhoWon() {
        Scene scene = Scene.of("""
                file     ratelimit.policy.login.capacity = 5
                file     ratelimit.policy.login.refill = 5/1m
                file     ratelimit.policy.login.paths = /login
                init     policy.login.capacity = 6
                init     policy.login.refill = 6/1m
                env      RATELIMIT_POLICY_LOGIN_CAPACITY = 7
                system   ratelimit.on-failure = permit
                """);
        assertThat(scene.policyLine("login"))
                .isEqualTo(
                        "policy login: capacity 7 (environment variable RATELIMIT_POLICY_LOGIN_CAPACITY), refill 6/1m"
                                + " (init-param of filter \"rate-limit\"), 0.1 tokens per second, full in 1m10s, key ip (default),"
                                + " paths /login (META-INF/microprofile-config.properties), on-failure permit (system property)");
    }

    @Test
    void theBareNameRanksWithItsSource() {
        assertThat(redis(Scene.of("""
                        env      REDIS_ADDRESS = bare
                        init     redis.address = parameter
                        """))).isEqualTo("bare:6379");
        assertThat(redis(Scene.of("""
                        env      REDIS_ADDRESS = bare
                        env      RATELIMIT_REDIS_ADDRESS = full
                        """))).isEqualTo("full:6379");
        assertThat(redis(Scene.of("""
                        env      REDIS_ADDRESS = bare
                        system   ratelimit.redis.address = property
                        """))).isEqualTo("property:6379");
        assertThat(redis(Scene.of("""
                        env      REDIS_ADDRESS = environment
                        dotenv   REDIS_ADDRESS = file
                        """))).isEqualTo("environment:6379");
    }

    @Test
    void allFiveBareNamesWork() {
        Settings settings = Scene.of("""
                        dotenv   REDIS_ADDRESS = redis:7000
                        dotenv   REDIS_USERNAME = app
                        dotenv   REDIS_PASSWORD = secret
                        dotenv   BUCKET_CAPACITY = 20
                        dotenv   REFILL_RATE = 0.5
                        """).settings();
        assertThat(settings.redis().topology().name()).isEqualTo("redis:7000");
        assertThat(settings.redis().credentials()).contains(new Credentials(Optional.of("app"), "secret"));
        assertThat(settings.policies().get(0).bucket()).isEqualTo(new dev.sluice.bucket.TokenBucket(20, 1, 2_000_000));
    }

    @Test
    void bareNamesCountOnlyInTheEnvironment() {
        assertThat(redis(Scene.of("system REDIS_ADDRESS = elsewhere"))).isEqualTo("localhost:6379");
        assertThat(redis(Scene.of("file REDIS_ADDRESS = elsewhere"))).isEqualTo("localhost:6379");
    }

    @Test
    void anEmptyValueTakesAwayWhatLowerSourcesSay() {
        assertThat(redis(Scene.of("""
                        env      RATELIMIT_REDIS_ADDRESS =
                        file     ratelimit.redis.address = e
                        """))).isEqualTo("localhost:6379");
    }

    @Test
    void aPolicyWithoutAnyValueIsNoPolicy() {
        Settings settings = Scene.of("""
                        env      RATELIMIT_POLICY_LOGIN_CAPACITY =
                        env      RATELIMIT_POLICY_LOGIN_REFILL =
                        file     ratelimit.policy.login.capacity = 5
                        file     ratelimit.policy.login.refill = 5/1m
                        """).settings();
        assertThat(settings.policies()).extracting("name").containsExactly("default");
    }

    @Test
    void aSourceMayTellItsOrdinal() {
        Scene scene = Scene.of("""
                file     ratelimit.redis.address = a
                file2    ratelimit.redis.address = b
                init     redis.address = c
                """);
        assertThat(redis(scene)).isEqualTo("c:6379");
        scene.with("file2", "config_ordinal", "201");
        assertThat(redis(scene)).isEqualTo("b:6379");
        scene.with("init", "config_ordinal", "500");
        assertThat(redis(scene)).isEqualTo("c:6379");
        scene.with("init", "config_ordinal", "many");
        assertThat(redis(scene)).isEqualTo("b:6379");
    }

    @Test
    void onlyTheValueThatWinsIsChecked() {
        assertThat(Scene.of("""
                                env      RATELIMIT_BUCKET_CAPACITY = 20
                                file     ratelimit.bucket.capacity = nonsense
                                """).mistakes()).isEmpty();
    }

    private static String redis(Scene scene) {
        return scene.settings().redis().topology().name();
    }
}

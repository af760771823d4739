package dev.sluice.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class VariableNamesTest {

    @ParameterizedTest
    @CsvSource({
        "RATELIMIT_POLICY_LOGIN_ON_FAILURE, policy.login.on-failure",
        "RATELIMIT_POLICY_LOGIN_API_ON_FAILURE, policy.login-api.on-failure",
        "RATELIMIT_POLICY_ON_FAILURE_CAPACITY, policy.on-failure.capacity",
        "RATELIMIT_POLICY_KEY_KEY, policy.key.key",
        "RATELIMIT_REDIS_ADDRESS, redis.address",
        "RATELIMIT_ON_FAILURE, on-failure",
        "ratelimit_trusted_proxies, trusted-proxies",
        "ratelimit.bucket.capacity, bucket.capacity",
        "RATELIMIT_PORT, PORT",
        "RATELIMIT_POLICY_KEY, POLICY_KEY",
    })
    void haveOneReading(String variable, String option) {
        assertThat(new VariableNames("ratelimit", false).optionOf(variable)).contains(option);
    }

    @Test
    void followThePrefix() {
        VariableNames names = new VariableNames("partner-api", false);
        assertThat(names.of("policy.login.on-failure"))
                .containsExactly(
                        "partner-api.policy.login.on-failure",
                        "partner_api_policy_login_on_failure",
                        "PARTNER_API_POLICY_LOGIN_ON_FAILURE");
        assertThat(names.optionOf("PARTNER_API_POLICY_LOGIN_ON_FAILURE")).contains("policy.login.on-failure");
        assertThat(names.optionOf("RATELIMIT_POLICY_LOGIN_ON_FAILURE")).isEmpty();
    }

    @Test
    void endWithTheBareNameOfAFew() {
        assertThat(new VariableNames("ratelimit", false).of("redis.address"))
                .containsExactly(
                        "ratelimit.redis.address",
                        "ratelimit_redis_address",
                        "RATELIMIT_REDIS_ADDRESS",
                        "REDIS_ADDRESS");
        assertThat(new VariableNames("ratelimit", true).of("redis.address")).containsExactly("REDIS_ADDRESS");
        assertThat(new VariableNames("ratelimit", true).of("cost")).isEmpty();
    }
}

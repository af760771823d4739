package dev.sluice.runner;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class RedisTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    redis:6379              |                            |             | true
                    rediss://u:a,b@redis    |                            |             | true
                    redis:6379              | RATELIMIT_REDIS_MODE       | standalone  | true
                    a:7000,b:7000           |                            |             | false
                    redis:6379              | RATELIMIT_REDIS_MODE       | cluster     | false
                    redis:6379              | RATELIMIT_REDIS_MODE       | SENTINEL    | false
                    rediss://redis          | RATELIMIT_REDIS_TLS_CA     | ca.pem      | false
                    rediss://redis          | RATELIMIT_REDIS_TLS_VERIFY_HOST_NAME | false | false
                    """)
    void asksOnlyOneServerItself(String address, String variable, String value, boolean asks) {
        Map<String, String> variables = variable == null ? Map.of() : Map.of(variable, value);
        Environment environment = new Environment(Map.of(), variables, Map.of(), Map.of());
        assertThat(Redis.isOneServer(address, environment)).isEqualTo(asks);
    }
}

package dev.sluice.runner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class RedisEndpointTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    localhost                          | localhost:6379       | false |     |
                    redis_1.internal:7000              | redis_1.internal:7000| false |     |
                    [::1]:7000                         | [::1]:7000           | false |     |
                    redis://host                       | host:6379            | false |     |
                    redis://host:7000/2                | host:7000            | false |     |
                    rediss://host                      | host:6379            | true  |     |
                    REDIS://host                       | host:6379            | false |     |
                    RedisS://host                      | host:6379            | true  |     |
                    redis://:secret@[2001:db8::1]:7000 | [2001:db8::1]:7000   | false |     | secret
                    redis://app:s%40c+ret@host         | host:6379            | false | app | s@c+ret
                    """)
    void readsAddress(String text, String shown, boolean tls, String username, String password) {
        RedisEndpoint redis = RedisEndpoint.parse(text).orElseThrow();

        assertThat(redis).hasToString(shown);
        assertThat(redis.tls()).isEqualTo(tls);
        assertThat(redis.username()).isEqualTo(Optional.ofNullable(username));
        assertThat(redis.password()).isEqualTo(Optional.ofNullable(password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "host:",
                "host:0",
                "host:65536",
                "::1",
                "http://host",
                "host/1",
                "redis://a:b",
                "redis://u:p%zz@host",
                "redis://u%:p@host",
                "redis://u:p%2@host",
                "redis://u:p%ff@host"
            })
    void readsNothingElse(String text) {
        assertThat(RedisEndpoint.parse(text)).isEmpty();
    }

    @Test
    void takesOtherUserOnlyIfTheAddressNamesNone() {
        RedisEndpoint anonymous = RedisEndpoint.parse("host").orElseThrow();
        RedisEndpoint named = RedisEndpoint.parse("redis://app:secret@host").orElseThrow();

        assertThat(anonymous.as(Optional.of("me"), Optional.of("mine")).username())
                .contains("me");
        assertThat(named.as(Optional.of("me"), Optional.of("mine"))).isEqualTo(named);
    }
}

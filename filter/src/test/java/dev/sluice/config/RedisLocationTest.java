package dev.sluice.config;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedisLocationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    # text                                   | address               | tls   | db | user | password
                    localhost                                | localhost:6379        | false | 0  | -    | -
                    redis.internal:7000                      | redis.internal:7000   | false | 0  | -    | -
                    my_redis-1:6379                          | my_redis-1:6379       | false | 0  | -    | -
                    10.0.0.7                                 | 10.0.0.7:6379         | false | 0  | -    | -
                    [::1]                                    | [::1]:6379            | false | 0  | -    | -
                    [2001:db8::7]:7000                       | [2001:db8::7]:7000    | false | 0  | -    | -
                    redis://redis.internal                   | redis.internal:6379   | false | 0  | -    | -
                    REDISS://redis.internal:6380             | redis.internal:6380   | true  | 0  | -    | -
                    redis://redis.internal/                  | redis.internal:6379   | false | 0  | -    | -
                    redis://redis.internal/3                 | redis.internal:6379   | false | 3  | -    | -
                    redis://:secret@redis.internal           | redis.internal:6379   | false | 0  | -    | secret
                    rediss://app:p%40s%2Fs%3a@[::1]:6380/12  | [::1]:6380            | true  | 12 | app  | p@s/s:
                    redis://app:a+b:c@redis.internal         | redis.internal:6379   | false | 0  | app  | a+b:c
                    redis://%C3%A4:%F0%9F%94%92@r            | r:6379                | false | 0  | ä    | 🔒
                    redis://app:a,b@r                        | r:6379                | false | 0  | app  | a,b
                    a,b                                      | a:6379, b:6379        | false | 0  | -    | -
                    a:7000 , [::1]:7001                      | a:7000, [::1]:7001    | false | 0  | -    | -
                    rediss://a,b:7000                        | a:6379, b:7000        | true  | 0  | -    | -
                    redis://app:pw@a:7000,b,c/2              | a:7000, b:6379, c:6379| false | 2  | app  | pw
                    rediss://a/2,rediss://:pw@b/2            | a:6379, b:6379        | true  | 2  | -    | pw
                    """)
    void isRead(String text, String address, boolean tls, int database, String user, String password)
            throws BadValueException {
        RedisLocation location = RedisLocation.FORMAT.read(text);
        assertThat(location.addresses(6379)).hasToString("[" + address + "]");
        assertThat(location.tls()).isEqualTo(tls);
        assertThat(location.database()).isEqualTo(database);
        assertThat(location.username()).isEqualTo(Optional.ofNullable(user));
        assertThat(location.password()).isEqualTo(Optional.ofNullable(password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":6379",
                "a:0",
                "a:65536",
                "a:",
                "a:1:2",
                "a b",
                "a/b",
                "-a",
                "a-",
                "a..b",
                "::1",
                "[::1",
                "::1]",
                "[::g]",
                "[1:2]",
                "[10.0.0.1]",
                "[]:1",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "a.1",
                "redis:a",
                "redis:/a",
                "redis://",
                "redis:///0",
                "redis://a/b",
                "redis://a/-1",
                "redis://a/0/1",
                "redis://a/1234567",
                "redis://a?b=c",
                "redis://a#b",
                "redis://p@ss@a",
                "redis://u:%4@a",
                "redis://u:%ff@a",
                "unix:///tmp/redis",
                "redis+sentinel://a",
                "user:password@a",
                "a,",
                "a,,b",
                "a,b/0",
                "redis://a,redis://b/1,redis://c/2",
                "redis://a,rediss://b",
                "redis://u:p@a,redis://v:p@b",
                "redis://:p@a,redis://:q@b",
                "a;b",
                "a\u0000b",
                "täst"
            })
    void isNothingElse(String text) {
        assertThatThrownBy(() -> RedisLocation.FORMAT.read(text)).isInstanceOf(BadValueException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    redis.internal:port                | redis.internal:port
                    redis://redis.internal:6379/0      | redis://redis.internal:6379/0
                    redis://u:hunter2@a                | redis://****@a
                    redis://u:hun@ter2@a               | redis://****@a
                    redis://u:hun/ter2@a               | redis://****@a
                    redis://hunter2@a                  | redis://****@a
                    u:hunter2@a                        | ****@a
                    redis://u:hunter2                  | redis://u:****
                    redis://u:hunter2/0                | redis://u:****
                    redis://a/0?password=hunter2       | redis://a/0?****
                    redis://a#hunter2                  | redis://a#****
                    redis://[::1]:6379                 | redis://[::1]:6379
                    a:7000,b:7000                      | a:7000,b:7000
                    redis://u:hunter2@a,b:7000/0       | redis://****@a,b:7000/0
                    redis://u:hunter2@a,redis://:x@b   | redis://****@a,redis://****@b
                    redis://u:hun,ter2@a               | redis://****@a
                    redis://u:hunter2@a,b:c            | redis://****@a,b:c
                    redis://u:hun,ter2@a,b             | redis://****@a,b
                    redis://a:7000,u:hunter2           | redis://a:7000,u:****
                    redis://a:7000/0,redis://u:hunter2 | redis://a:7000/0,redis://u:****
                    redis://u:hun,ter2                 | redis://u:****
                    a,redis://u:hunter2                | a,redis://u:****
                    redis://[u:hunter2                 | redis://[u:****
                    """)
    void isShownWithoutSecrets(String text, String shown) {
        assertThat(RedisLocation.masked(text)).isEqualTo(shown);
    }
}

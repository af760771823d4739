package dev.sluice.check;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What is found in a configuration alone. Where it can be used Redis is asked too, and nothing listens. */
class ConfigurationFaultsTest {

    private static final String NOWHERE = "redis.address = 127.0.0.1:1";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bucket.capacity = 0          | ratelimit.bucket.capacity = "0" (
            bucket.capactiy = 5          | unknown option; did you mean ratelimit.bucket.capacity?
            key = header:X-API-Key       | unknown option; did you mean ratelimit.policy.<name>.key?
            cost = 11                    | expected at most the capacity, bucket.capacity = 10 (default)
            policy.login.paths = /login  | ratelimit.policy.login.capacity (not set;
            redis.address = redis:99999  | with a port from 1 to 65535
            trusted-proxies = 10.0.0.1/8 | host bits set; the network is 10.0.0.0/8
            """)
    void whatTheFilterWouldNotStartWith(String line, String message) {
        Said said = Said.check(line);
        said.finds(Code.UNUSABLE, message);
        assertThat(said.out()).doesNotContain("Redis at");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis.address = 127.0.0.1:1              | none of its names begins with ratelimit.
            rate-limit.redis.address = 127.0.0.1:1   | none of its names begins with ratelimit.
            """)
    void aFileThatTheFilterReadsOver(String line, String message) throws IOException {
        Said said = ofFile(line);
        assertThat(said.codes()).contains(Code.NAMES_NOT_READ.toString());
        assertThat(said.out().replaceAll("\\s+", " ")).contains(message, "Begin each with ratelimit.");
        assertThat(said.exitCode()).isEqualTo(Main.FAULTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ufeffratelimit.exempt", "rate-limit.exempt", "RateLimit.exempt", "rate.limit.exempt"})
    void aNameThatTheFilterReadsOver(String name) throws IOException {
        Said said = ofFile(name + " = 10.0.0.0/8\nratelimit.bucket.capacity = 5\nserver.name = mine");
        assertThat(said.codes()).contains(Code.NAMES_NOT_READ.toString(), Code.NOTHING_LISTENS.toString());
        assertThat(said.out())
                .contains(name.replace('\ufeff', '?') + " (")
                .contains("does not begin with ratelimit.")
                .contains("2 faults");
    }

    private Said ofFile(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("app.properties"), text);
        return Said.of(
                Clock.systemUTC(),
                Map.of("REDIS_ADDRESS", "127.0.0.1:1"),
                List.of("check", "--config", file.toString()));
    }

    @Test
    void allMistakesAreToldTogether() {
        Said said = Said.check("bucket.capacity = 0", "refill.rate = -1");
        assertThat(said.out()).contains("bucket.capacity = \"0\"", "refill.rate = \"-1\"", "2 faults, 0 warnings");
    }

    @Test
    void aForwardedHeaderThatNobodyReads() {
        finds(Code.HEADER_WITHOUT_PROXIES, "Set trusted-proxies", "forwarded-header = X-Real-IP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0", "0.0.0.0/1, 128.0.0.0/1", "2000::/3", "10.0.0.0/8, 0.0.0.0/0"})
    void proxiesThatAreEverybody(String proxies) {
        finds(Code.TRUSTS_EVERYBODY, "most of which is not yours", "trusted-proxies = " + proxies);
        finds(Code.EXEMPTS_EVERYBODY, "most of which is not yours", "exempt = " + proxies);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16", "fc00::/7, fe80::/10", "fd00::/8", "203.0.113.7"})
    void proxiesThatAreNot(String proxies) {
        findsNoMoreThanNoRedis("trusted-proxies = " + proxies, "exempt = " + proxies);
    }

    @Test
    void aPolicyThatNoRequestMeets() {
        finds(Code.NEVER_APPLIES, "policy a: no request has such a path", policy("a", "paths = /a?b=c"));
        finds(
                Code.NEVER_APPLIES,
                "policy a: no request has such a path",
                policy("a", "paths = /api/v1/*", "except = /api/*"));
        finds(Code.NEVER_APPLIES, "no request has the method PSOT", policy("a", "methods = psot"));
        finds(Code.UNKNOWN_METHOD, "no request has the method PSOT", policy("a", "methods = GET, PSOT"));
    }

    @Test
    void aPolicyThatAnotherOneMakesIdle() {
        finds(
                Code.NEVER_REJECTS,
                "policy b: policy a governs the same requests by the same key and is at least as strict",
                both(policy("a", "paths = /*"), policy("b", "paths = /login", "methods = POST")));
        findsNoMoreThanNoRedis(
                both(policy("a", "paths = /login", "methods = GET"), policy("b", "paths = /login", "methods = POST")));
        findsNoMoreThanNoRedis(both(policy("a", "key = ip"), policy("b", "key = all")));
        findsNoMoreThanNoRedis(
                "policy.burst.capacity = 10", "policy.burst.refill = 10/1s",
                "policy.day.capacity = 1000", "policy.day.refill = 1000/1d");
    }

    @Test
    void whatTheFilterWarnsOf() {
        finds(Code.FORGEABLE_KEY, "makes up a new value", policy("a", "key = header:X-API-Key"));
        finds(Code.IN_VAIN, "without effect", both(policy("a", "key = ip"), "bucket.capacity = 5"));
        finds(Code.LIMITS_NOTHING, "no policy is enforced", "mode = shadow");
        finds(Code.LIMITS_NOTHING, "enabled = false", "enabled = false");
    }

    @Test
    void aSecretIsNeverShown() {
        Said said = Said.check("redis.address = redis://app:hunter2@127.0.0.1:1", "key-secret = pepper");
        assertThat(said.out())
                .contains("****@127.0.0.1:1")
                .doesNotContain("hunter2")
                .doesNotContain("pepper");
    }

    @Test
    void valuesComeFromTheEnvironmentToo() {
        Said said = Said.withFile(
                Clock.systemUTC(), Map.of("BUCKET_CAPACITY", "20"), List.of("check"), NOWHERE, "bucket.capacity = 5");
        assertThat(said.out()).contains("20 ").contains("(environment variable BUCKET_CAPACITY)");
    }

    private static void finds(Code code, String words, String... lines) {
        Said said = Said.check(with(lines));
        assertThat(said.codes())
                .as(said.out())
                .containsExactlyInAnyOrder(code.toString(), Code.NOTHING_LISTENS.toString());
        assertThat(said.out()).contains(words);
        assertThat(said.exitCode()).isEqualTo(Main.FAULTS);
    }

    private static void findsNoMoreThanNoRedis(String... lines) {
        Said.check(with(lines)).finds(Code.NOTHING_LISTENS);
    }

    private static String[] with(String... lines) {
        String[] all = Arrays.copyOf(lines, lines.length + 1);
        all[lines.length] = NOWHERE;
        return all;
    }

    private static String[] policy(String name, String... options) {
        return both(
                Stream.of(options)
                        .map(option -> "policy." + name + "." + option)
                        .toArray(String[]::new),
                "policy." + name + ".capacity = 5",
                "policy." + name + ".refill = 5/1m");
    }

    private static String[] both(String[] some, String... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }
}

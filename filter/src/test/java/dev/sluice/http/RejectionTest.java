package dev.sluice.http;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.limiter.Policies;
import dev.sluice.limiter.PolicyDecision;
import dev.sluice.limiter.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RejectionTest {

    private static final TokenBucket BUCKET = TokenBucket.of(5, 5, Duration.ofMinutes(1));

    @ParameterizedTest(name = "Accept: {0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "(none)",
            value = {
                "(none)                                                             | text",
                "*/*                                                                | text",
                "application/json                                                   | json",
                "application/problem+json                                           | json",
                "application/*                                                      | json",
                "APPLICATION/JSON                                                   | json",
                "application/json, text/plain, */*                                  | json",
                "application/json;q=0.9, */*;q=0.8                                  | json",
                "text/plain;q=0.5, application/json;q=0.5                           | json",
                "text/html, application/json                                        | json",
                "text/html, application/json;q=0.9                                  | text",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8     | text",
                "application/json;q=0                                               | text",
                "application/json;q=0.5, */*                                        | text",
                "application/*, application/json;q=0                                | text",
                "application/*;q=0.2, application/json                              | json",
                "application/json ; charset=utf-8 ; q=1                             | json",
                "application/json;q=nonsense                                        | text",
                "application/json;q=7                                               | text",
                "text/plain                                                         | text",
                "image/png                                                          | text",
                ",;,=;q,                                                            | text",
            })
    void answersAsTheClientAccepts(String accept, String expected) {
        Rejection rejection = Rejection.of(rejected(1), accept == null ? List.of() : List.of(accept));
        assertThat(rejection.contentType())
                .isEqualTo(expected.equals("json") ? "application/problem+json" : "text/plain;charset=UTF-8");
    }

    @Test
    void severalLinesOfAcceptAreOne() {
        assertThat(Rejection.of(rejected(1), List.of("text/html", "application/json"))
                        .contentType())
                .isEqualTo("application/problem+json");
    }

    @ParameterizedTest(name = "{0} us: {1} s")
    @CsvSource({"1, 1", "999999, 1", "1000000, 1", "1000001, 2", "86400000000, 86400"})
    void roundsRetryAfterUpToWholeSeconds(long micros, String seconds) {
        assertThat(Rejection.of(rejected(micros), List.of()).fields())
                .contains(new Field("Retry-After", seconds), new Field("Cache-Control", "no-store"));
    }

    @Test
    void saysToAPersonWhatToDo() {
        assertThat(Rejection.of(rejected(1), List.of()).body())
                .isEqualTo("429 Too Many Requests\nTry again in 1 second.\n");
    }

    @Test
    void anUnavailableStoreIsAServiceUnavailableAndNotNamed() {
        Rejection text = Rejection.unavailable(List.of(), 3);
        assertThat(text.status()).isEqualTo(503);
        assertThat(text.fields()).contains(new Field("Retry-After", "3"));
        assertThat(text.body()).startsWith("503 Service Unavailable\n").doesNotContainIgnoringCase("redis");
        Rejection json = Rejection.unavailable(List.of("application/json"), 3);
        assertThat(json.body())
                .contains("\"https://iana.org/assignments/http-problem-types#temporary-reduced-capacity\"")
                .contains("\"status\":503")
                .doesNotContainIgnoringCase("redis");
    }

    private static Verdict.Rejected rejected(long retryAfterMicros) {
        return (Verdict.Rejected) Verdict.of(
                List.of(new PolicyDecision(
                        Policies.enforced("login", BUCKET), new Decision.Rejected(0, 1, retryAfterMicros))),
                List.of());
    }
}

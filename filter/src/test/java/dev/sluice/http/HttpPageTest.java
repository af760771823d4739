package dev.sluice.http;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.limiter.Policies;
import dev.sluice.limiter.PolicyDecision;
import dev.sluice.limiter.Verdict;
import dev.sluice.policy.Policy;
import dev.sluice.testing.GeneratedPage;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The responses of {@code docs/http.md} are those the code makes. */
class HttpPageTest {

    private static final Policy LOGIN = Policies.enforced("login", TokenBucket.of(5, 5, Duration.ofMinutes(1)));
    private static final Policy API = Policies.enforced("api", TokenBucket.of(200, 100, Duration.ofSeconds(1)));
    private static final Verdict PERMITTED = Verdict.of(
            List.of(
                    new PolicyDecision(API, new Decision.Permitted(199, 10_000)),
                    new PolicyDecision(LOGIN, new Decision.Permitted(4, 12_000_000))),
            List.of());
    private static final Verdict.Rejected REJECTED = (Verdict.Rejected) Verdict.of(
            List.of(
                    new PolicyDecision(API, new Decision.Permitted(200, 0)),
                    new PolicyDecision(LOGIN, new Decision.Rejected(0, 11_400_000, 11_400_000))),
            List.of());

    @Test
    void showsWhatIsSent() {
        GeneratedPage.check(Path.of("docs", "http.md"), HttpPageTest::block);
    }

    private static String block(String name) {
        return switch (name) {
            case "permitted" -> response("200 OK", fields(HeaderProfile.DRAFT_11, PERMITTED), "");
            case "rejected text" -> rejected(List.of());
            case "rejected json" -> rejected(List.of("application/json"));
            case "unavailable" -> {
                Rejection rejection = Rejection.unavailable(List.of(), 3);
                yield response("503 Service Unavailable", all(Stream.empty(), rejection), rejection.body());
            }
            case "legacy" -> response("200 OK", fields(HeaderProfile.LEGACY, PERMITTED), "");
            default -> throw new IllegalArgumentException("no such block: " + name);
        };
    }

    private static String rejected(List<String> accept) {
        Rejection rejection = Rejection.of(REJECTED, accept);
        return response(
                "429 Too Many Requests", all(fields(HeaderProfile.DRAFT_11, REJECTED), rejection), rejection.body());
    }

    private static Stream<Field> fields(HeaderProfile profile, Verdict verdict) {
        return new RateLimitFields(profile, List.of(LOGIN, API)).of(verdict).stream();
    }

    private static Stream<Field> all(Stream<Field> fields, Rejection rejection) {
        return Stream.of(
                        fields,
                        rejection.fields().stream(),
                        Stream.of(new Field("Content-Type", rejection.contentType())))
                .flatMap(each -> each);
    }

    private static String response(String status, Stream<Field> fields, String body) {
        return "```http\nHTTP/1.1 " + status + "\n"
                + fields.map(field -> field.name() + ": " + field.value() + "\n")
                        .collect(Collectors.joining())
                + (body.isEmpty() ? "" : "\n" + body.stripTrailing() + "\n") + "```\n";
    }
}

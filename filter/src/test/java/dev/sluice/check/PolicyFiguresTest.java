package dev.sluice.check;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.CidrBlocks;
import dev.sluice.key.ClientAddress;
import dev.sluice.key.KeyHash;
import dev.sluice.key.Partition;
import dev.sluice.policy.FailureMode;
import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;
import dev.sluice.policy.RequestPattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a policy comes to. */
class PolicyFiguresTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # capacity | tokens | period | cost | sustained                | burst                | worst hour
            10         | 1      | PT1S   | 1    | 1 request a second       | 10 requests at once  | 3610 requests (capacity 10 + refill 3600)
            5          | 5      | PT1M   | 1    | 5 requests a minute      | 5 requests at once   | 305 requests (capacity 5 + refill 300)
            10         | 1      | PT1S   | 5    | 12 requests a minute     | 2 requests at once   | 722 requests (capacity 10 + refill 3600, at a cost of 5)
            1          | 1      | P1D    | 1    | 1 request a day          | 1 request at once    | 1 request (capacity 1 + refill 0)
            200        | 100    | PT1S   | 1    | 100 requests a second    | 200 requests at once | 360200 requests (capacity 200 + refill 360000)
            3          | 1      | PT24M  | 1    | 2.5 requests an hour     | 3 requests at once   | 5 requests (capacity 3 + refill 2)
            """)
    void isTold(long capacity, long tokens, Duration period, long cost, String sustained, String burst, String worst) {
        Policy policy = new Policy(
                "p",
                RequestPattern.of(List.of(), List.of(), List.of()),
                Partition.parse(
                        "ip", new ClientAddress(CidrBlocks.NONE, "Forwarded", 64), KeyHash.plain(), none -> null),
                TokenBucket.of(capacity, tokens, period),
                cost,
                Mode.ENFORCE,
                FailureMode.LOCAL);
        PolicyFigures figures = new PolicyFigures(policy);
        assertThat(figures.sustained()).isEqualTo(sustained);
        assertThat(figures.burst()).isEqualTo(burst);
        assertThat(figures.worstHour()).isEqualTo(worst);
    }
}

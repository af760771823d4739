package dev.sluice.bucket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenBucketTest {

    private static final TokenBucket TEN_PER_SECOND = TokenBucket.of(10, 10, Duration.ofSeconds(1));

    static List<Timeline> timelines() {
        return Timeline.all();
    }

    @ParameterizedTest
    @MethodSource("timelines")
    void followsTheTimeline(Timeline timeline) {
        TokenBucket bucket = timeline.bucket();
        BucketState state = bucket.full(timeline.steps().get(0).atMillis() * 1000);
        for (Timeline.Step step : timeline.steps()) {
            Transition transition = bucket.tryConsume(state, step.atMillis() * 1000, step.cost());
            assertThat(transition.decision()).as("%s", step).satisfies(decision -> {
                assertThat(decision instanceof Decision.Permitted).isEqualTo(step.permitted());
                assertThat(decision.remaining()).isEqualTo(step.remaining());
                assertThat(retryAfterMicros(decision)).isEqualTo(step.retryAfterMillis() * 1000);
            });
            state = transition.state();
        }
    }

    @Test
    void equalRatesAreEqualBuckets() {
        assertThat(TokenBucket.of(10, 5, Duration.ofMinutes(1)))
                .isEqualTo(TokenBucket.of(10, 1, Duration.ofSeconds(12)));
    }

    @Test
    void tellsWhenTheNextTokenComes() {
        Decision decision =
                TEN_PER_SECOND.tryConsume(TEN_PER_SECOND.full(0), 0, 3).decision();
        assertThat(decision).isEqualTo(new Decision.Permitted(7, 100_000));
    }

    @Test
    void tellsNoNextTokenWhenFull() {
        assertThat(TEN_PER_SECOND.tryConsume(TEN_PER_SECOND.full(0), 0, 0).decision())
                .isEqualTo(new Decision.Permitted(10, 0));
    }

    @Test
    void cutsALevelAboveANewCapacity() {
        TokenBucket smaller = TokenBucket.of(4, 10, Duration.ofSeconds(1));
        assertThat(smaller.tryConsume(TEN_PER_SECOND.full(0), 0, 0).decision().remaining())
                .isEqualTo(4);
    }

    @Test
    void carriesTheFractionOverToANewRefill() {
        // Half a token at 10 per second, 50 ms old, is half a token at 1 per second: the other half takes 500 ms.
        BucketState half =
                TEN_PER_SECOND.tryConsume(TEN_PER_SECOND.full(0), 0, 10).state();
        half = TEN_PER_SECOND.tryConsume(half, 50_000, 0).state();
        TokenBucket slower = TokenBucket.of(10, 1, Duration.ofSeconds(1));
        assertThat(slower.tryConsume(half, 50_000, 1).decision()).isEqualTo(new Decision.Rejected(0, 500_000, 500_000));
    }

    @ParameterizedTest(name = "{0} tokens, {1} per {2} us")
    @CsvSource({
        "0, 1, 1, capacity must be from 1 to 1000000000",
        "-1, 1, 1, capacity must be from 1 to 1000000000",
        "1000000001, 1, 1, capacity must be from 1 to 1000000000",
        "1, 0, 1, refillTokens must be at least 1",
        "1, 1, 0, refillPeriodMicros must be at least 1",
        "1000000000, 1, 86400000000, cannot be counted exactly",
        "1, 1, 9223372036854775807, cannot be counted exactly",
        "1, 9223372036854775807, 1, cannot be counted exactly",
    })
    void refusesWhatItCannotCount(long capacity, long refillTokens, long refillPeriodMicros, String reason) {
        assertThatThrownBy(() -> new TokenBucket(capacity, refillTokens, refillPeriodMicros))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void acceptsTheLargestNumbersThatAreExact() {
        long exact = 1L << 53;
        assertThat(new TokenBucket(1, 1, exact - 1).fillMicros()).isEqualTo(exact - 1);
        assertThat(new TokenBucket(1_000_000_000, 1, 9_007_199).fillMicros()).isEqualTo(9_007_199_000_000_000L);
    }

    private static long retryAfterMicros(Decision decision) {
        return decision instanceof Decision.Rejected rejected ? rejected.retryAfterMicros() : 0;
    }
}

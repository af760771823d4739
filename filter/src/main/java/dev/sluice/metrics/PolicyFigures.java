package dev.sluice.metrics;

import dev.sluice.bucket.Decision;
import dev.sluice.policy.FailureMode;
import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What has become of the requests that one policy governs. Safe for use by many threads. */
final class PolicyFigures {

    /** Less than a fifth of the capacity left is near the limit. */
    private static final long NEAR = 5;

    private final LongAdder[] outcomes = adders(Outcome.values().length);
    private final LongAdder[] degraded = adders(FailureMode.values().length);
    private final LongAdder nearLimit = new LongAdder();

    /** @param passes whether the request passed, whatever this policy decided */
    void decided(Policy policy, Decision decision, boolean passes) {
        if (decision instanceof Decision.Rejected) {
            count(policy.mode() == Mode.SHADOW ? Outcome.SHADOW_REJECTED : Outcome.REJECTED);
        } else if (passes) {
            count(Outcome.PERMITTED);
            // A capacity is at most a billion: this does not overflow.
            if (decision.remaining() * NEAR < policy.bucket().capacity()) {
                nearLimit.increment();
            }
        } else {
            count(Outcome.UNCHARGED);
        }
    }

    void count(Outcome outcome) {
        outcomes[outcome.ordinal()].increment();
    }

    void degraded(FailureMode mode) {
        degraded[mode.ordinal()].increment();
    }

    /** @param policy the name */
    Stream<Figure> figures(String policy) {
        Stream<Figure> byOutcome = Stream.of(Outcome.values())
                .map(outcome ->
                        Figure.of(Instrument.REQUESTS, outcomes[outcome.ordinal()]::sum, policy, outcome.text()));
        Stream<Figure> byMode = Stream.of(FailureMode.values())
                .map(mode -> Figure.of(
                        Instrument.DEGRADED,
                        degraded[mode.ordinal()]::sum,
                        policy,
                        mode.name().toLowerCase(Locale.ROOT)));
        return Stream.of(byOutcome, byMode, Stream.of(Figure.of(Instrument.NEAR_LIMIT, nearLimit::sum, policy)))
                .flatMap(figures -> figures);
    }

    private static LongAdder[] adders(int number) {
        return Stream.generate(LongAdder::new).limit(number).toArray(LongAdder[]::new);
    }
}

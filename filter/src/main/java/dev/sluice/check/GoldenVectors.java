package dev.sluice.check;

import dev.sluice.bucket.BucketState;
import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.bucket.Transition;
import dev.sluice.store.Charge;
import dev.sluice.store.redis.RedisAddress;
import dev.sluice.store.redis.RedisInterview;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets the script decide on scratch keys, and compares with what {@link TokenBucket} decides at the same moments. Confined
 * to one thread.
 */
record GoldenVectors(Findings findings, Printout printout, RedisAddress address) {

    /** The usual, a fraction of a token, and numbers near the bound of what Lua can count. */
    private static final List<TokenBucket> SAMPLES = List.of(
            new TokenBucket(10, 1, 1_000_000),
            new TokenBucket(3, 7, 60_000_000),
            new TokenBucket(1_000_000_000, 7, 9_000_000));

    void examine(Conversation conversation, List<ScratchBucket> scratch) {
        int decisions = 0;
        int wrong = 0;
        List<ScratchBucket> all = Stream.concat(
                        scratch.stream(),
                        SAMPLES.stream().map(sample -> scratch.get(0).with(sample)))
                .toList();
        for (ScratchBucket bucket : all) {
            bucket.remove(conversation);
            Optional<BucketState> state = Optional.empty();
            for (long cost : costs(bucket.bucket().capacity())) {
                Charge charge = new Charge(bucket.key(), bucket.bucket(), cost, true);
                Optional<RedisInterview.Decided> decided =
                        conversation.attempt("EVALSHA", interview -> interview.decide(List.of(charge)));
                if (decided.isEmpty()) {
                    return;
                }
                Transition expected = bucket.bucket()
                        .tryConsume(
                                state.orElse(bucket.bucket().full(decided.get().nowMicros())),
                                decided.get().nowMicros(),
                                cost);
                decisions++;
                wrong += agrees(charge, expected.decision(), decided.get().decisions()) ? 0 : 1;
                if (expected.decision() instanceof Decision.Permitted && cost > 0) {
                    state = Optional.of(expected.state());
                }
            }
        }
        printout.row(
                "script",
                wrong == 0
                        ? decisions + " decisions on scratch keys, all as they should be; keys removed"
                        : wrong + " of " + decisions + " decisions on scratch keys are wrong");
    }

    private boolean agrees(Charge charge, Decision expected, List<Decision> decided) {
        if (decided.equals(List.of(expected))) {
            return true;
        }
        findings.addFirst(
                Code.WRONG_DECISION,
                "Redis at " + address,
                ": cost " + charge.cost() + " of " + charge.bucket() + " should be " + expected + ", was " + decided);
        return false;
    }

    private static List<Long> costs(long capacity) {
        return List.of(1L, 0L, capacity, (capacity + 1) / 2, 1L, capacity);
    }
}

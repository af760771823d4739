package dev.sluice.check;

import dev.sluice.config.Period;
import dev.sluice.store.Charge;
import dev.sluice.store.redis.RedisAddress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long a decision takes, on a connection that is there already. Confined to one thread. */
record LatencyCheck(Findings findings, Printout printout, RedisAddress address) {

    private static final int CALLS = 21;
    private static final int NANOS_PER_MICRO = 1_000;

    void examine(Conversation conversation, ScratchBucket bucket, Duration deadline) {
        Charge look = new Charge(bucket.key(), bucket.bucket(), 0, true); // takes nothing, so nothing is written
        List<Long> micros = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            long beforeNanos = System.nanoTime();
            if (conversation
                    .attempt("EVALSHA", interview -> interview.decide(List.of(look)))
                    .isEmpty()) {
                return;
            }
            micros.add((System.nanoTime() - beforeNanos) / NANOS_PER_MICRO);
        }
        Collections.sort(micros);
        long median = micros.get(CALLS / 2);
        long deadlineMicros = deadline.toNanos() / NANOS_PER_MICRO;
        String words = Period.text(median) + " median, " + Period.text(micros.get(0)) + " least, of " + CALLS
                + " decisions; redis.deadline is " + Period.text(deadlineMicros);
        printout.row("latency", words);
        if (median >= deadlineMicros) {
            findings.add(Code.SLOW, "Redis at " + address + ": " + words);
        } else if (median * 2 > deadlineMicros) {
            findings.add(Code.RATHER_SLOW, "Redis at " + address + ": " + words);
        }
    }
}

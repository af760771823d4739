package dev.sluice.check;

import dev.sluice.config.Period;
import dev.sluice.store.redis.RedisAddress;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How far the clock of Redis, by which all limits go, is from that of this machine, by which people read logs. */
record ClockCheck(Findings findings, Printout printout, Clock clock) {

    private static final long FAR_MICROS = 2_000_000;

    void examine(Conversation conversation, RedisAddress address) {
        long beforeMicros = nowMicros();
        conversation.attempt("TIME", interview -> interview.nowMicros()).ifPresent(redisMicros -> {
            long afterMicros = nowMicros();
            // It was read somewhere between the two.
            long distance = Math.max(Math.max(beforeMicros - redisMicros, redisMicros - afterMicros), 0);
            String side = redisMicros < beforeMicros ? "behind" : "ahead of";
            String words = distance < 1_000
                    ? "as this machine's, to the millisecond"
                    : Period.text(distance / 1_000 * 1_000) + " " + side + " this machine's";
            printout.row("clock", words);
            if (distance > FAR_MICROS) {
                findings.add(Code.CLOCK_FAR, "the clock of Redis at " + address + " is " + words);
            }
        });
    }

    private long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}

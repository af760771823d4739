package dev.sluice.limiter;

import dev.sluice.key.BucketKey;
import dev.sluice.policy.Policy;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Tells the operator that a policy rejects: a line for each policy at most every ten seconds, with one client as an
 * example and the number of rejections that had no line. Safe for use by many threads.
 */
final class RejectionLog {

    private static final Logger LOG = System.getLogger("dev.sluice");
    private static final long EVERY_NANOS = 10_000_000_000L;

    private record Tally(AtomicLong nextLineNanos, LongAdder unsaid) {}

    private final LongSupplier nanoTime;
    private final Map<String, Tally> tallies;

    /** @param nanoTime a clock that never steps, in nanoseconds */
    RejectionLog(List<Policy> policies, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.tallies = policies.stream()
                .map(Policy::name)
                .distinct()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), name -> new Tally(new AtomicLong(nanoTime.getAsLong()), new LongAdder())));
    }

    /** This policy has rejected a request of this client. */
    void rejected(Policy policy, BucketKey client) {
        Tally tally = tallies.get(policy.name());
        if (tally == null) {
            return;
        }
        long due = tally.nextLineNanos().get();
        long now = nanoTime.getAsLong();
        if (now - due >= 0 && tally.nextLineNanos().compareAndSet(due, now + EVERY_NANOS)) {
            long unsaid = tally.unsaid().sumThenReset();
            LOG.log(
                    Level.INFO,
                    "Policy {0} rejects {1}{2}",
                    policy.name(),
                    printable(client.text()),
                    unsaid == 0 ? "" : " (and " + unsaid + " requests before, since the last such line)");
        } else {
            tally.unsaid().increment();
        }
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.chars().forEach(c -> printable.append(c < ' ' || c > '~' ? '?' : (char) c));
        return printable.toString();
    }
}

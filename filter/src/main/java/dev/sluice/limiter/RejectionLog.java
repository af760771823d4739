package dev.sluice.limiter;

import dev.sluice.key.BucketKey;
import dev.sluice.policy.Policy;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Tells the operator that policies reject: a line at most every ten seconds over all of them, with one client as an example
 * and the number of rejections that had no line, for each policy. Safe for use by many threads.
 */
final class RejectionLog {

    private static final Logger LOG = System.getLogger("dev.sluice");
    private static final long EVERY_NANOS = 10_000_000_000L;

    private final LongSupplier nanoTime;
    private final AtomicLong nextLineNanos;
    private final Map<String, LongAdder> unsaid = new LinkedHashMap<>();

    /** @param nanoTime a clock that never steps, in nanoseconds */
    RejectionLog(List<Policy> policies, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.nextLineNanos = new AtomicLong(nanoTime.getAsLong());
        policies.forEach(policy -> unsaid.put(policy.name(), new LongAdder()));
    }

    /** This policy has rejected a request of this client. */
    void rejected(Policy policy, BucketKey client) {
        LongAdder mine = unsaid.get(policy.name());
        if (mine == null) {
            return;
        }
        long due = nextLineNanos.get();
        long now = nanoTime.getAsLong();
        if (now - due >= 0 && nextLineNanos.compareAndSet(due, now + EVERY_NANOS)) {
            LOG.log(Level.INFO, "Policy {0} rejects {1}{2}", policy.name(), printable(client.text()), before());
        } else {
            mine.increment();
        }
    }

    private String before() {
        Map<String, Long> counts = new LinkedHashMap<>();
        unsaid.forEach((name, count) -> counts.put(name, count.sumThenReset()));
        counts.values().removeIf(count -> count == 0);
        if (counts.isEmpty()) {
            return "";
        }
        return unsaid.size() == 1
                ? " (and " + counts.values().iterator().next() + " requests before, since the last such line)"
                : counts.entrySet().stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining(", ", " (and before, since the last such line: ", ")"));
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.chars().forEach(c -> printable.append(c < ' ' || c > '~' ? '?' : (char) c));
        return printable.toString();
    }
}

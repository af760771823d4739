package dev.sluice.store.redis;

import dev.sluice.key.BucketKey;
import dev.sluice.store.FaultKind;
import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What an operator reads of the store: a line when Redis goes and one when it is back or replaced, and now and then one for a bucket
 * that cannot be read. Never a line for each request. Safe for use by many threads.
 */
final class StoreLog {

    private static final Logger LOG = System.getLogger("dev.sluice");
    private static final long BUCKET_LINE_EVERY_NANOS = 10_000_000_000L;

    /** Of how many buckets it is remembered that they have had their line. */
    private static final int MOST_BUCKETS = 1_000;

    /** A Redis that comes and goes all the time is not reported more often than this. */
    private static final long OUTAGE_EVERY_NANOS = 9_000_000_000L;

    private final String redis;
    private final Duration deadline;
    private final Supplier<String> consequence;
    private final LongSupplier nanoClock;
    private final LongAdder undecided = new LongAdder();
    private final ConcurrentMap<String, Long> bucketLines = new ConcurrentHashMap<>();

    // Guarded by this.
    private boolean needed = true;
    private @Nullable Fault outage;
    private long beganNanos;
    private long nextOutageNanos;
    private boolean silent;

    /**
     * @param redis the address, without secrets
     * @param consequence what happens to requests meanwhile, such as {@code limiting per server}
     */
    StoreLog(String redis, Duration deadline, Supplier<String> consequence) {
        this(redis, deadline, consequence, System::nanoTime);
    }

    /** With a clock of its own. */
    StoreLog(String redis, Duration deadline, Supplier<String> consequence, LongSupplier nanoClock) {
        this.redis = redis;
        this.deadline = deadline;
        this.consequence = consequence;
        this.nanoClock = nanoClock;
        this.nextOutageNanos = nanoClock.getAsLong();
    }

    /** A request was not decided by Redis. */
    void undecided() {
        undecided.increment();
    }

    synchronized void unavailable(Fault fault) {
        outage = fault;
        if (needed) {
            begin(fault);
        }
    }

    /**
     * It has been unavailable for some time. What was not reported because it came so soon after another outage is now, and so is
     * a reason that only somebody's configuration can end, if there was another one at first.
     */
    synchronized void stillUnavailable(Fault fault) {
        if (outage == null) {
            return;
        }
        boolean isNews = silent || fault.kind() == FaultKind.MISCONFIGURED && outage.kind() != FaultKind.MISCONFIGURED;
        if (needed && isNews && nanoClock.getAsLong() - nextOutageNanos >= 0) {
            outage = fault;
            report(fault);
        }
    }

    synchronized void available() {
        if (needed && outage != null) {
            end(outage, "answers again", "limits are shared by all servers");
        }
        outage = null;
    }

    /** Whether it holds slots: of one that holds none nobody needs to know whether it answers. */
    synchronized void needed(boolean now) {
        if (outage != null && now && !needed) {
            begin(outage);
        } else if (outage != null && !now && needed) {
            end(outage, "is replaced", "others hold its slots");
        }
        needed = now;
    }

    private void begin(Fault fault) {
        beganNanos = nanoClock.getAsLong();
        silent = beganNanos - nextOutageNanos < 0;
        if (!silent) {
            report(fault);
        }
    }

    private void report(Fault fault) {
        silent = false;
        nextOutageNanos = nanoClock.getAsLong() + OUTAGE_EVERY_NANOS;
        Level level = fault.kind() == FaultKind.MISCONFIGURED ? Level.ERROR : Level.WARNING;
        LOG.log(
                level,
                "Redis at {0} unavailable ({1}): {2} until it answers",
                redis,
                reasonOf(fault),
                consequence.get());
    }

    private void end(Fault fault, String how, String since) {
        if (silent) {
            return;
        }
        long tookNanos = nanoClock.getAsLong() - beganNanos;
        LOG.log(
                Level.INFO,
                "Redis at {0} {1} after {2} s ({3}): {4}; {5} requests were decided without it",
                redis,
                how,
                "%.1f".formatted(tookNanos / 1e9),
                reasonOf(fault),
                since,
                Long.toString(undecided.sumThenReset()));
    }

    void damaged(BucketKey key) {
        bucketLine("could not be read: it counted as full and is written anew", key);
    }

    void foreign(Set<BucketKey> keys) {
        keys.forEach(key ->
                bucketLine("holds a value of another type: it is left alone, its policy takes its failure mode", key));
    }

    private String reasonOf(Fault fault) {
        return fault.kind() == FaultKind.LATE ? "no reply in " + deadline.toMillis() + " ms" : fault.reason();
    }

    private void bucketLine(String what, BucketKey key) {
        long now = System.nanoTime();
        if (bucketLines.size() >= MOST_BUCKETS) {
            bucketLines.values().removeIf(last -> now - last >= BUCKET_LINE_EVERY_NANOS);
        }
        Long last = bucketLines.get(key.text());
        boolean due = last == null ? bucketLines.size() < MOST_BUCKETS : now - last >= BUCKET_LINE_EVERY_NANOS;
        if (due) {
            bucketLines.put(key.text(), now);
            LOG.log(Level.WARNING, "Bucket {0} in Redis at {1} {2}", key.text(), redis, what);
        }
    }
}

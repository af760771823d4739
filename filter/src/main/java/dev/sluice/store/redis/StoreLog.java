package dev.sluice.store.redis;

import dev.sluice.key.BucketKey;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What an operator reads of the store: one line for each change of state, and now and then one for a bucket that cannot
 * be read. Never a line for each request. Safe for use by many threads.
 */
final class StoreLog {

    private static final Logger LOG = System.getLogger("dev.sluice");
    private static final long BUCKET_LINE_EVERY_NANOS = 10_000_000_000L;

    private final String redis;
    private final AtomicLong nextBucketLine = new AtomicLong(System.nanoTime());

    /** @param redis the address, without secrets */
    StoreLog(String redis) {
        this.redis = redis;
    }

    void available() {
        LOG.log(Level.INFO, "Redis at {0} answers again: limits are shared by all servers", redis);
    }

    void unavailable(Fault fault) {
        Level level = fault.kind() == Fault.Kind.MISCONFIGURED ? Level.ERROR : Level.WARNING;
        LOG.log(
                level,
                "Redis at {0} unavailable ({1}): each policy takes its failure mode until it answers",
                redis,
                fault.reason());
    }

    void damaged(BucketKey key) {
        bucketLine("could not be read: it counted as full and is written anew", key);
    }

    void foreign(Set<BucketKey> keys) {
        keys.forEach(key -> bucketLine(
                "holds a value of another type: it is left alone, its policy takes its failure" + " mode", key));
    }

    private void bucketLine(String what, BucketKey key) {
        long due = nextBucketLine.get();
        long now = System.nanoTime();
        if (now - due >= 0 && nextBucketLine.compareAndSet(due, now + BUCKET_LINE_EVERY_NANOS)) {
            LOG.log(Level.WARNING, "Bucket {0} in Redis at {1} {2}", key.text(), redis, what);
        }
    }
}

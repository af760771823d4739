package dev.sluice.store.local;

import dev.sluice.bucket.BucketState;
import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.bucket.Transition;
import dev.sluice.store.BucketStore;
import dev.sluice.store.Charge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Buckets in this JVM, by {@link TokenBucket} alone. Their number is bounded: beyond it, clients that are new share one
 * bucket for each limit, so that a flood of invented clients neither fills the memory nor frees a client that has
 * exhausted its own bucket. Safe for use by many threads.
 */
public final class LocalBucketStore implements BucketStore {

    /** At about 200 bytes a bucket, 20 MB. */
    private static final int DEFAULT_MOST_BUCKETS = 100_000;

    private record Entry(TokenBucket bucket, BucketState state) {}

    private final LongSupplier clockMicros;
    private final int mostBuckets;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<TokenBucket, BucketState> overflow = new HashMap<>();
    private long sweepAgainMicros = Long.MIN_VALUE;

    /** With the monotonic clock of the JVM and room for 100 000 buckets. */
    public LocalBucketStore() {
        this(() -> System.nanoTime() / 1000, DEFAULT_MOST_BUCKETS);
    }

    /**
     * @param clockMicros the time in microseconds, from any origin
     * @param mostBuckets how many buckets are kept apart, at least 1
     */
    public LocalBucketStore(LongSupplier clockMicros, int mostBuckets) {
        this.clockMicros = clockMicros;
        this.mostBuckets = mostBuckets;
    }

    @Override
    public List<Decision> tryConsume(List<Charge> charges) {
        lock.lock();
        try {
            return decide(charges, clockMicros.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    private List<Decision> decide(List<Charge> charges, long nowMicros) {
        List<Transition> transitions = new ArrayList<>(charges.size());
        boolean permitted = true;
        for (Charge charge : charges) {
            Transition transition = charge.bucket().tryConsume(stateOf(charge, nowMicros), nowMicros, charge.cost());
            permitted &= !charge.enforced() || transition.decision() instanceof Decision.Permitted;
            transitions.add(transition);
        }
        List<Decision> decisions = new ArrayList<>(charges.size());
        for (int i = 0; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            Transition transition = transitions.get(i);
            if (!permitted && transition.decision() instanceof Decision.Permitted) {
                transition = charge.bucket().tryConsume(stateOf(charge, nowMicros), nowMicros, 0);
            }
            if (permitted) {
                keep(charge, transition.state(), nowMicros);
            }
            decisions.add(transition.decision());
        }
        return decisions;
    }

    private BucketState stateOf(Charge charge, long nowMicros) {
        Entry entry = entries.get(charge.key().text());
        if (entry != null) {
            return entry.state();
        }
        BucketState full = charge.bucket().full(nowMicros);
        return hasRoom(nowMicros) ? full : overflow.getOrDefault(charge.bucket(), full);
    }

    private void keep(Charge charge, BucketState state, long nowMicros) {
        if (entries.containsKey(charge.key().text()) || hasRoom(nowMicros)) {
            entries.put(charge.key().text(), new Entry(charge.bucket(), state));
        } else {
            overflow.put(charge.bucket(), state);
        }
    }

    /** A bucket that is full again is the same as none. To look through all of them more than once a second is waste. */
    private boolean hasRoom(long nowMicros) {
        if (entries.size() >= mostBuckets && nowMicros >= sweepAgainMicros) {
            sweepAgainMicros = nowMicros + 1_000_000;
            entries.values()
                    .removeIf(entry -> entry.bucket()
                                    .tryConsume(entry.state(), nowMicros, 0)
                                    .state()
                                    .tokens()
                            == entry.bucket().capacity());
        }
        return entries.size() < mostBuckets;
    }
}

package dev.sluice.store.local;

import dev.sluice.bucket.BucketState;
import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.bucket.Transition;
import dev.sluice.key.BucketKey;
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
 * bucket for each policy, so that a flood of invented clients neither fills the memory nor frees a client that has
 * exhausted its own bucket. Safe for use by many threads.
 */
public final class LocalBucketStore implements BucketStore {

    /** At about 200 bytes a bucket, 20 MB. */
    private static final int DEFAULT_MOST_BUCKETS = 100_000;

    /** In place of the client. No client is called that: it is outside the alphabet of keys. */
    private static final String ANYBODY = "*";

    private record Entry(TokenBucket bucket, BucketState state) {}

    private final LongSupplier clockMicros;
    private final int mostBuckets;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new HashMap<>();
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
        List<String> names = names(charges, nowMicros);
        List<Transition> transitions = new ArrayList<>(charges.size());
        boolean permitted = true;
        for (int i = 0; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            Transition transition = tryConsume(charge, names.get(i), nowMicros, charge.cost());
            permitted &= !charge.enforced() || transition.decision() instanceof Decision.Permitted;
            transitions.add(transition);
        }
        List<Decision> decisions = new ArrayList<>(charges.size());
        for (int i = 0; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            Transition transition = transitions.get(i);
            if (permitted) {
                entries.put(names.get(i), new Entry(charge.bucket(), transition.state()));
            } else if (transition.decision() instanceof Decision.Permitted) {
                transition = tryConsume(charge, names.get(i), nowMicros, 0);
            }
            decisions.add(transition.decision());
        }
        return decisions;
    }

    private Transition tryConsume(Charge charge, String name, long nowMicros, long cost) {
        Entry entry = entries.get(name);
        BucketState state = entry == null ? charge.bucket().full(nowMicros) : entry.state();
        return charge.bucket().tryConsume(state, nowMicros, cost);
    }

    /** Where each bucket is: at its own key, or, if there is no room for all that are new, at the key that all clients share. */
    private List<String> names(List<Charge> charges, long nowMicros) {
        if (entries.size() + charges.size() > mostBuckets) {
            removeFull(nowMicros);
        }
        long added = charges.stream().filter(charge -> !isKept(charge)).count();
        boolean hasRoom = entries.size() + added <= mostBuckets;
        List<String> names = new ArrayList<>(charges.size());
        for (Charge charge : charges) {
            BucketKey key = charge.key();
            names.add(hasRoom || isKept(charge) ? key.text() : key.withoutClient() + ANYBODY);
        }
        return names;
    }

    private boolean isKept(Charge charge) {
        return entries.containsKey(charge.key().text());
    }

    /** A bucket that is full again is the same as none. To look through all of them more than once a second is waste. */
    private void removeFull(long nowMicros) {
        if (nowMicros >= sweepAgainMicros) {
            sweepAgainMicros = nowMicros + 1_000_000;
            entries.values()
                    .removeIf(entry -> entry.bucket()
                                    .tryConsume(entry.state(), nowMicros, 0)
                                    .state()
                                    .tokens()
                            == entry.bucket().capacity());
        }
    }
}

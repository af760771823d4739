package dev.sluice.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.bucket.Decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Answers a request without asking the store, when the store would certainly reject it: the same request was rejected a
 * moment ago and its bucket cannot have refilled since. So a client that keeps asking in vain costs the store one question
 * a second.
 *
 * <p>Exact, because a rejection takes nothing and others can only take: until {@code retryAfter} has passed, the bucket
 * does not hold the cost, whoever asks. The time is measured from before the question was sent, and so ends before it does
 * in the store. What a client is told is measured from after the answer came, and so is no shorter than the store said; what
 * others have taken from its other buckets since, it learns when the store is asked again.
 *
 * <p>Bounded: at most 10 000 rejections for at most a second each. Belongs to one configuration; the next one starts with
 * none. Safe for use by many threads.
 */
public final class RememberedRejections implements BucketStore {

    private static final int MOST = 10_000;
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final long NANOS_PER_MICRO = 1_000;

    private record Rejection(List<Decision> decisions, long untilNanos, long receivedNanos) {}

    private final BucketStore store;
    private final LongSupplier nanoTime;
    private final StoreObserver observer;
    private final Cache<List<Charge>, Rejection> rejections;

    /** Remembers what this store rejects, unobserved. */
    public RememberedRejections(BucketStore store) {
        this(store, StoreObserver.NONE);
    }

    /**
     * Remembers what this store rejects.
     *
     * @param observer is told of each request that is answered from memory
     */
    public RememberedRejections(BucketStore store, StoreObserver observer) {
        this(store, observer, System::nanoTime);
    }

    /** @param nanoTime a clock that never steps, in nanoseconds */
    RememberedRejections(BucketStore store, StoreObserver observer, LongSupplier nanoTime) {
        this.store = store;
        this.observer = observer;
        this.nanoTime = nanoTime;
        this.rejections = Caffeine.newBuilder()
                .maximumSize(MOST)
                .executor(Runnable::run) // no thread of its own, which would outlive the application
                .build();
    }

    @Override
    public List<Decision> tryConsume(List<Charge> charges) throws StoreUnavailableException {
        Rejection remembered = rejections.getIfPresent(charges);
        long sentNanos = nanoTime.getAsLong();
        if (remembered != null && sentNanos - remembered.untilNanos() < 0) {
            observer.remembered();
            return later(charges, remembered, sentNanos);
        }
        List<Decision> decisions = store.tryConsume(charges);
        long certainMicros = certainMicros(charges, decisions);
        if (certainMicros > 0) {
            long untilNanos = sentNanos + Math.min(certainMicros * NANOS_PER_MICRO, LONGEST.toNanos());
            rejections.put(List.copyOf(charges), new Rejection(decisions, untilNanos, nanoTime.getAsLong()));
        }
        return decisions;
    }

    /** For how long the request would be rejected again: as long as any of its enforced buckets does not hold its cost. */
    private static long certainMicros(List<Charge> charges, List<Decision> decisions) {
        long longestMicros = 0;
        for (int i = 0; i < decisions.size(); i++) {
            if (charges.get(i).enforced() && decisions.get(i) instanceof Decision.Rejected rejected) {
                longestMicros = Math.max(longestMicros, Math.min(rejected.retryAfterMicros(), 1_000_000));
            }
        }
        return longestMicros;
    }

    private static List<Decision> later(List<Charge> charges, Rejection rejection, long nowNanos) {
        long elapsedMicros = Math.max(0, (nowNanos - rejection.receivedNanos()) / NANOS_PER_MICRO);
        List<Decision> decisions = new ArrayList<>(rejection.decisions().size());
        for (int i = 0; i < rejection.decisions().size(); i++) {
            Decision then = rejection.decisions().get(i);
            decisions.add(charges.get(i).bucket().later(then, elapsedMicros));
        }
        return decisions;
    }
}

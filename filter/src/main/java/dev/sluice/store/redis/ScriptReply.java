package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.key.BucketKey;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the script replied. Immutable.
 *
 * @param nowMicros the clock of Redis, at which all of it was decided
 * @param answers one for each request, in order
 * @param damaged buckets whose fields could not be read, so that they counted as full
 */
record ScriptReply(long nowMicros, List<Answer> answers, Set<BucketKey> damaged) {

    /** The answer to one request: decided, or to be asked elsewhere. */
    sealed interface Answer permits Decided, Redirect {}

    /**
     * @param decisions one for each charge, in order, if {@code foreign} is empty
     * @param foreign keys that hold a value of another type; if there are any, nothing was charged
     */
    record Decided(List<Decision> decisions, Set<BucketKey> foreign) implements Answer {}

    /** Every key that holds a value of another type. */
    Set<BucketKey> foreign() {
        Set<BucketKey> all = Set.of();
        for (Answer answer : answers) {
            if (answer instanceof Decided decided && !decided.foreign().isEmpty()) {
                all = new HashSet<>(all);
                all.addAll(decided.foreign());
            }
        }
        return all;
    }
}

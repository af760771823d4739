package dev.sluice.config;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.Partition;
import dev.sluice.policy.Policy;
import dev.sluice.policy.RequestPattern;

import java.util.List;
import java.util.Optional;

/** Makes policies of what is said of them. Confined to one reading. */
final class PolicyReader {

    /** Reads {@code header:X-API-Key,ip}; fails with {@link IllegalArgumentException}, saying what it expects. */
    @FunctionalInterface
    interface PartitionParser {
        Partition parse(String expression);
    }

    private final PartitionParser partitions;
    private final Mistakes mistakes;
    private final List<Notice> notices;

    PolicyReader(PartitionParser partitions, Mistakes mistakes, List<Notice> notices) {
        this.partitions = partitions;
        this.mistakes = mistakes;
        this.notices = notices;
    }

    /** The policy; empty if something is wrong with it, which has been told. */
    Optional<Policy> read(PolicyValues policy) {
        Optional<Partition> partition = partition(policy);
        Optional<TokenBucket> bucket = BucketCheck.bucket(policy, mistakes);
        if (partition.isEmpty()
                || bucket.isEmpty()
                || policy.cost().get() > bucket.get().capacity()) {
            return Optional.empty();
        }
        if (partition.get().forgeable()) {
            notices.add(new Notice(Notice.Kind.FORGEABLE_KEY, forgeable(policy)));
        }
        return Optional.of(new Policy(
                policy.name(),
                RequestPattern.of(
                        policy.paths().get(),
                        policy.except().parsed().orElse(List.of()),
                        policy.methods().parsed().orElse(List.of())),
                partition.get(),
                bucket.get(),
                policy.cost().get(),
                policy.mode().get(),
                policy.onFailure().get()));
    }

    /** What a named policy must say, and does not. */
    void checkComplete(PolicyValues policy, Mention namedBy) {
        for (Value<?> needed : List.of(policy.capacity(), policy.refill())) {
            if (needed.given().isEmpty()) {
                mistakes.add(namedBy.spelling().advised(needed.name()) + " (not set; policy \"" + policy.name()
                        + "\" is named by " + namedBy.name() + "): expected "
                        + needed.option().format().expected());
            }
        }
    }

    private Optional<Partition> partition(PolicyValues policy) {
        try {
            return Optional.of(partitions.parse(policy.key().get()));
        } catch (IllegalArgumentException bad) {
            policy.key().given().ifPresent(given -> mistakes.add(policy.key().option(), given, bad.getMessage()));
            return Optional.empty();
        }
    }

    private static String forgeable(PolicyValues policy) {
        return policy.key().quoted()
                + ": a client that makes up a new value for each request gets a full bucket each time;"
                + " add a second policy for the same paths with key = ip and a larger capacity, which bounds what one address"
                + " can do";
    }
}

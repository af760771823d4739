package dev.sluice.check;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.policy.Policy;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/** A bucket of nobody, to try things on. Immutable. */
record ScratchBucket(BucketKey key, TokenBucket bucket, long cost) {

    /** No client is called like this. */
    private static final String CLIENT = "~check-";

    private static final SecureRandom RANDOM = new SecureRandom();

    /** One for each policy, all of one client, which the server holds; for none, one that no policy has. */
    static List<ScratchBucket> forEach(List<Policy> policies, Server server) {
        return Stream.generate(() -> CLIENT + Integer.toHexString(RANDOM.nextInt()))
                .limit(100_000) // a master of a hundred has one slot in a hundred
                .map(client -> policies.stream()
                        .map(policy -> new ScratchBucket(keyOf(policy, client), policy.bucket(), policy.cost()))
                        .toList())
                .filter(buckets -> buckets.stream().allMatch(bucket -> server.holds(bucket.key())))
                .findFirst()
                .orElse(List.of());
    }

    private static BucketKey keyOf(Policy policy, String client) {
        return policy.name().equals(Policy.UNNAMED) ? BucketKey.unnamed(client) : BucketKey.of(policy.name(), client);
    }

    /** The same place with other parameters. */
    ScratchBucket with(TokenBucket other) {
        return new ScratchBucket(key, other, 1);
    }

    /** With a permission that the limiter needs anyway: what expires at once is gone. */
    void remove(Conversation conversation) {
        conversation.attempt("PEXPIRE", interview -> interview.ask("PEXPIRE", key.text(), "0"));
    }
}

package dev.sluice.limiter;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.CidrBlocks;
import dev.sluice.key.ClientAddress;
import dev.sluice.key.KeyHash;
import dev.sluice.key.Partition;
import dev.sluice.policy.FailureMode;
import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;
import dev.sluice.policy.RequestPattern;

import java.util.List;

/** Policies for tests: every path, by client address, cost 1. */
public final class Policies {

    private Policies() {}

    public static Policy enforced(String name, TokenBucket bucket) {
        return policy(name, bucket, Mode.ENFORCE, FailureMode.LOCAL);
    }

    public static Policy shadow(String name, TokenBucket bucket) {
        return policy(name, bucket, Mode.SHADOW, FailureMode.LOCAL);
    }

    public static Policy policy(String name, TokenBucket bucket, Mode mode, FailureMode onFailure) {
        ClientAddress peer = new ClientAddress(CidrBlocks.NONE, "X-Forwarded-For", 64);
        Partition ip = Partition.parse("ip", peer, KeyHash.plain(), custom -> {
            throw new IllegalArgumentException("no custom key here: " + custom);
        });
        return new Policy(name, RequestPattern.of(List.of("/*"), List.of(), List.of()), ip, bucket, 1, mode, onFailure);
    }
}

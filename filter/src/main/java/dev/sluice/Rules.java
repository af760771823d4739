package dev.sluice;

import dev.sluice.config.Settings;
import dev.sluice.http.HeaderProfile;
import dev.sluice.http.RateLimitFields;
import dev.sluice.http.RejectionStyle;
import dev.sluice.key.RequestView;
import dev.sluice.limiter.Observer;
import dev.sluice.limiter.RateLimiter;
import dev.sluice.store.BucketStore;
import dev.sluice.store.RememberedRejections;
import dev.sluice.store.local.LocalBucketStore;
import dev.sluice.store.redis.Topology;

import java.util.List;
import java.util.function.Predicate;

/**
 * What is in force for a request from its first line to its last, even while the configuration changes. Immutable. Safe
 * for use by many threads.
 */
record Rules(RateLimiter limiter, Answer answer) {

    static Rules of(Settings settings, BucketStore store, LocalBucketStore local, Observer observer) {
        return new Rules(
                new RateLimiter(
                        settings.policies(),
                        exempt(settings),
                        rejectionsAreCertain(settings) ? new RememberedRejections(store, observer) : store,
                        local,
                        settings.localShare(),
                        observer),
                new Answer(new RateLimitFields(settings.headers(), settings.policies()), settings.rejection()));
    }

    /**
     * A rejection is remembered because others can only take. In a cluster, a bucket is also given back what it gave to a
     * request that a bucket in another slot rejected; never if all policies tell clients apart in the same way, since all
     * buckets of a request then lie in one slot.
     */
    private static boolean rejectionsAreCertain(Settings settings) {
        return !(settings.redis().topology() instanceof Topology.Cluster)
                || settings.policies().stream()
                                .map(policy -> policy.partition().toString())
                                .distinct()
                                .count()
                        <= 1;
    }

    /** Everything passes, and nothing is said. */
    static Rules none() {
        LocalBucketStore unused = new LocalBucketStore();
        return new Rules(
                new RateLimiter(List.of(), request -> true, unused, unused),
                new Answer(new RateLimitFields(HeaderProfile.NONE, List.of()), RejectionStyle.RESPONSE));
    }

    /** Asked only for requests that a policy governs, and only if there are exempt clients at all. */
    private static Predicate<RequestView> exempt(Settings settings) {
        if (settings.exempt().isEmpty()) {
            return request -> false;
        }
        return request -> settings.clientAddress()
                .addressOf(request)
                .filter(settings.exempt()::contains)
                .isPresent();
    }
}

package dev.sluice;

import dev.sluice.config.Settings;
import dev.sluice.http.RateLimitFields;
import dev.sluice.limiter.RateLimiter;
import dev.sluice.store.BucketStore;
import dev.sluice.store.local.LocalBucketStore;

/**
 * What is in force for a request from its first line to its last, even while the configuration changes. Immutable. Safe
 * for use by many threads.
 */
record Rules(RateLimiter limiter, Answer answer) {

    static Rules of(Settings settings, BucketStore store, LocalBucketStore local) {
        return new Rules(
                new RateLimiter(
                        settings.policies(),
                        request -> settings.exempt().contains(settings.clientAddress().addressOf(request)),
                        store,
                        local),
                new Answer(new RateLimitFields(settings.headers(), settings.policies()), settings.rejection()));
    }
}

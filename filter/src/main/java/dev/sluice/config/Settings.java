package dev.sluice.config;

import dev.sluice.http.HeaderProfile;
import dev.sluice.http.RejectionStyle;
import dev.sluice.key.CidrBlocks;
import dev.sluice.key.ClientAddress;
import dev.sluice.limiter.LocalShare;
import dev.sluice.policy.Policy;
import dev.sluice.store.redis.RedisSettings;

import java.time.Duration;
import java.util.List;

/**
 * What is in force: the configuration, read and found good. Immutable. Safe for use by many threads.
 *
 * @param enabled whether the filter does anything at all
 * @param redis how Redis is reached
 * @param policies those in force, {@code off} ones left out, by name
 * @param localShare the part of the limit that this server grants on its own while Redis is away
 * @param headers which header fields tell the client its rate limit
 * @param rejection who writes the answer to a request that does not pass
 * @param exempt clients that meet no policy
 * @param clientAddress how the address of a client is found
 * @param reloadEvery how often to look for changed values
 * @param given what was said, by whom: two readings differ exactly if these differ
 * @param notices what an operator should know and perhaps mend, to be logged as warnings
 * @param startLines what is in force and where each value came from, one a line
 * @param overview the same for tools
 */
public record Settings(
        boolean enabled,
        RedisSettings redis,
        List<Policy> policies,
        LocalShare localShare,
        HeaderProfile headers,
        RejectionStyle rejection,
        CidrBlocks exempt,
        ClientAddress clientAddress,
        Duration reloadEvery,
        Givens given,
        List<Notice> notices,
        List<String> startLines,
        Overview overview) {

    public Settings {
        policies = List.copyOf(policies);
        notices = List.copyOf(notices);
        startLines = List.copyOf(startLines);
    }

    /** Whether anything was said differently in {@code other}: only then is there something to reload. */
    public boolean differsFrom(Settings other) {
        return !given.equals(other.given);
    }
}

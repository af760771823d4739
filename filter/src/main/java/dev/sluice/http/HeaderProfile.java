package dev.sluice.http;

/** Which rate limit header fields are sent: the syntax has changed with each draft and will again. */
public enum HeaderProfile {
    /** {@code RateLimit-Policy} and {@code RateLimit} of draft-ietf-httpapi-ratelimit-headers-11. */
    DRAFT_11,
    /** {@code X-RateLimit-Limit}, {@code -Remaining} and {@code -Reset}, of the policy nearest to rejecting. */
    LEGACY,
    /** None; a rejection still has {@code Retry-After}. */
    NONE
}

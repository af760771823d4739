package dev.sluice.http;

import dev.sluice.limiter.Verdict;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The answer to a request that does not pass. It never says where buckets live, nor who shares them. Immutable.
 *
 * @param status 429, or 503 when no decision could be had
 * @param fields header fields besides the rate limit fields
 * @param contentType of the body, with charset where the type has one
 * @param body for the client to read
 */
public record Rejection(int status, List<Field> fields, String contentType, String body) {

    /** The status of a rejected request (RFC 6585 section 4). */
    public static final int TOO_MANY_REQUESTS = 429;

    /** The status while the store cannot answer and the policy rejects then (RFC 9110 section 15.6.4). */
    public static final int SERVICE_UNAVAILABLE = 503;

    private static final String PROBLEM_TYPES = "https://iana.org/assignments/http-problem-types#";

    /**
     * The policies say no.
     *
     * @param accept the lines of the field {@code Accept}, as received
     */
    public static Rejection of(Verdict.Rejected rejected, List<String> accept) {
        // At least 1: 0 would invite the client to come back at once, and in vain.
        long seconds = Math.max(1, RateLimitFields.secondsRoundedUp(micros(rejected.retryAfter())));
        String wait = "Try again in " + seconds + (seconds == 1 ? " second." : " seconds.");
        return Accept.prefersJson(accept)
                ? problem(
                        TOO_MANY_REQUESTS,
                        "quota-exceeded",
                        "Quota Exceeded",
                        wait,
                        ",\"violated-policies\":" + names(rejected.violatedPolicies()),
                        seconds)
                : text(TOO_MANY_REQUESTS, "429 Too Many Requests\n" + wait + "\n", seconds);
    }

    /**
     * No decision could be had, and the policy rejects then.
     *
     * @param retryAfterSeconds to be spread over the clients, so that they do not return all at once
     */
    public static Rejection unavailable(List<String> accept, long retryAfterSeconds) {
        String detail = "The service cannot take this request at the moment.";
        return Accept.prefersJson(accept)
                ? problem(
                        SERVICE_UNAVAILABLE,
                        "temporary-reduced-capacity",
                        "Temporary Reduced Capacity",
                        detail,
                        "",
                        retryAfterSeconds)
                : text(SERVICE_UNAVAILABLE, "503 Service Unavailable\n" + detail + "\n", retryAfterSeconds);
    }

    /** The body as it goes over the wire. */
    public byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static Rejection text(int status, String body, long retryAfterSeconds) {
        return new Rejection(status, fields(retryAfterSeconds), "text/plain;charset=UTF-8", body);
    }

    private static Rejection problem(
            int status, String type, String title, String detail, String extension, long retryAfterSeconds) {
        String body = "{\"type\":\"" + PROBLEM_TYPES + type + "\",\"title\":\"" + title + "\",\"status\":" + status
                + ",\"detail\":\"" + detail + "\"" + extension + "}";
        return new Rejection(status, fields(retryAfterSeconds), "application/problem+json", body);
    }

    private static List<Field> fields(long retryAfterSeconds) {
        return List.of(
                new Field("Retry-After", Long.toString(retryAfterSeconds)), new Field("Cache-Control", "no-store"));
    }

    /** Policy names need no escaping: they are lower-case letters, digits and hyphens. */
    private static String names(List<String> policies) {
        return "[\"" + String.join("\",\"", policies) + "\"]";
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}

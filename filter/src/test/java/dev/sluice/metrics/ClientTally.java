package dev.sluice.metrics;

import dev.sluice.testing.HttpReply;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What clients saw, counted by what they were told: the status, the policies named in the problem document, and the tokens
 * left in the header field. Knows nothing of the filter's figures. Safe for use by many threads.
 */
final class ClientTally {

    private static final Pattern VIOLATED = Pattern.compile("\"violated-policies\":\\[([^]]*)]");

    private final Map<String, Long> capacities;
    private final ConcurrentMap<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /** @param capacities of each policy, by name */
    ClientTally(Map<String, Long> capacities) {
        this.capacities = capacities;
    }

    /** @param enforced the policies that govern the request and are enforced */
    void count(List<String> enforced, HttpReply reply) {
        for (String policy : enforced) {
            add(policy, outcome(policy, reply));
            if (reply.status() == 200 && isNearLimit(policy, reply)) {
                add(policy, "near-limit");
            }
        }
    }

    private static String outcome(String policy, HttpReply reply) {
        return switch (reply.status()) {
            case 200 -> "permitted";
            case 429 -> isViolated(policy, reply) ? "rejected" : "uncharged";
            case 503 -> "503";
            default -> throw new AssertionError("status " + reply.status());
        };
    }

    private static boolean isViolated(String policy, HttpReply reply) {
        Matcher violated = VIOLATED.matcher(reply.body());
        if (!violated.find()) {
            throw new AssertionError(reply.body());
        }
        return violated.group(1).contains("\"" + policy + "\"");
    }

    /** Less than a fifth left, as the client reads it; a policy that the store did not decide says nothing. */
    private boolean isNearLimit(String policy, HttpReply reply) {
        Matcher left = Pattern.compile("\"" + policy + "\";r=(\\d+)")
                .matcher(reply.field("RateLimit").orElse(""));
        return left.find() && Long.parseLong(left.group(1)) < capacities.get(policy) / 5.0;
    }

    private void add(String policy, String what) {
        counts.computeIfAbsent(policy + " " + what, name -> new AtomicLong()).incrementAndGet();
    }

    long of(String policy, String what) {
        AtomicLong count = counts.get(policy + " " + what);
        return count == null ? 0 : count.get();
    }
}

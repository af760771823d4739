package dev.sluice.key;

import java.util.regex.Pattern;

/**
 * The name of one bucket in the store, {@code rate_limit:203.0.113.7} or {@code rate_limit:login:{203.0.113.7}}. The
 * braces put all buckets of one client into one Redis Cluster slot. Immutable.
 *
 * @param text 1 to 96 characters of a fixed alphabet, so that no client can forge another's key or break a log line
 */
public record BucketKey(String text) {

    private static final String PREFIX = "rate_limit:";
    private static final int MAX_LENGTH = 96;
    private static final Pattern ALPHABET = Pattern.compile("[A-Za-z0-9_:./{}+~-]+");

    public BucketKey {
        if (text.length() > MAX_LENGTH || !ALPHABET.matcher(text).matches()) {
            throw new IllegalArgumentException("expected 1 to " + MAX_LENGTH + " characters of " + ALPHABET);
        }
    }

    /** The bucket of a client under the policy without a name. */
    public static BucketKey unnamed(String client) {
        return new BucketKey(PREFIX + client);
    }

    /** The bucket of a client under a named policy. */
    public static BucketKey of(String policy, String client) {
        return new BucketKey(PREFIX + policy + ":{" + client + "}");
    }
}

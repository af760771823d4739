package dev.sluice.key;

import org.jspecify.annotations.Nullable;

/**
 * The name of one bucket in the store, {@code rate_limit:203.0.113.7} or {@code rate_limit:login:{203.0.113.7}}. The
 * braces put all buckets of one client into one Redis Cluster slot. Immutable.
 *
 * @param text 1 to 96 characters of a fixed alphabet, so that no client can forge another's key or break a log line
 */
public record BucketKey(String text) {

    private static final String PREFIX = "rate_limit:";
    private static final int MAX_LENGTH = 96;
    private static final int MAX_POLICY_LENGTH = 32;

    /** What is left for the client beside the longest name of a policy. */
    static final int MAX_CLIENT_LENGTH = MAX_LENGTH - PREFIX.length() - MAX_POLICY_LENGTH - ":{}".length();

    public BucketKey {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !isOfAlphabet(text)) {
            throw new IllegalArgumentException("expected 1 to " + MAX_LENGTH + " of A-Z a-z 0-9 _ : . / { } + ~ -");
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

    /** What the keys of all clients under one policy have in common: {@code rate_limit:login:} or {@code rate_limit:}. */
    public String withoutClient() {
        return text.endsWith("}") ? text.substring(0, text.indexOf('{')) : PREFIX;
    }

    private static boolean isOfAlphabet(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && "_:./{}+~-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    // Written out: the generated one would keep the application's class loader alive (JDK 17, ObjectMethods).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BucketKey key && text.equals(key.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}

package dev.sluice.key;

import java.util.List;
import java.util.function.Function;

/**
 * Says who shares a bucket, by an expression such as {@code header:X-API-Key+path,ip}. The first alternative whose parts
 * are all present is used; of the last one, parts that are missing are replaced by the client address. So a client that
 * leaves something out is never unlimited. Immutable. Safe for use by many threads.
 *
 * <table>
 *   <caption>header:X-API-Key,principal</caption>
 *   <tr><th>request</th><th>client</th></tr>
 *   <tr><td>X-API-Key: abc</td><td>a hash of the header's name and {@code abc}</td></tr>
 *   <tr><td>by user alice, without the header</td><td>a hash of {@code alice}</td></tr>
 *   <tr><td>neither</td><td>203.0.113.7</td></tr>
 * </table>
 *
 * <p>Empty values count as missing. Of a header sent twice, the first line counts. A path counts as its most forgiving
 * {@linkplain PathReadings reading}, a host in lower case.
 */
public final class Partition {

    /** The one client of a partition that tells nobody apart. */
    static final String ALL = "all";

    private final String expression;
    private final List<Alternative> alternatives;
    private final ClientAddress clientAddress;
    private final KeyHash hash;

    private Partition(String expression, List<Alternative> alternatives, ClientAddress clientAddress, KeyHash hash) {
        this.expression = expression;
        this.alternatives = alternatives;
        this.clientAddress = clientAddress;
        this.hash = hash;
    }

    /**
     * Reads an expression.
     *
     * @param clientAddress what {@code ip} means
     * @param hash hides what else the client sends
     * @param customKeys the key that a class name stands for; fails with {@link IllegalArgumentException}
     * @throws IllegalArgumentException saying what it got and what is expected
     */
    public static Partition parse(
            String expression, ClientAddress clientAddress, KeyHash hash, Function<String, PartitionKey> customKeys) {
        return new Partition(expression, new PartitionExpression(customKeys).parse(expression), clientAddress, hash);
    }

    /**
     * Whose bucket the request charges: an address in clear, {@value #ALL}, or a hash of the rest, alone or after the
     * address and a {@code +}. At most 50 characters of {@code A-Z a-z 0-9 _ - . : / +}.
     */
    public String clientOf(RequestView request) {
        Identity identity = alternatives.get(0).of(request);
        for (int i = 1; i < alternatives.size() && !identity.isComplete(); i++) {
            identity = alternatives.get(i).of(request);
        }
        return identity.clientText(request, clientAddress, hash);
    }

    /**
     * Whether a client can get itself a fresh bucket for every request: it can invent all of one of the alternatives, as in
     * {@code header:X-API-Key,ip}.
     */
    public boolean forgeable() {
        for (Alternative alternative : alternatives) {
            if (alternative.isForgeable() || alternative.parts().isEmpty()) {
                return alternative.isForgeable(); // beyond one that is always present, none is reached
            }
        }
        return false;
    }

    /** The expression it was made from. */
    @Override
    public String toString() {
        return expression;
    }
}

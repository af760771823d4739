package dev.sluice.key;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What may be read of a request to say which policies it meets and whose buckets it charges. Reading never creates a
 * session, never touches the body or form parameters, and never looks a name up. Confined to one request.
 */
public interface RequestView {

    /** The method as sent, {@code GET}. */
    String method();

    /** The path inside the application that the container chose the servlet by: decoded, without path parameters. */
    String path();

    /** The address of the peer as the container tells it; possibly with brackets or a port, or not an address at all. */
    String peerAddress();

    /** The lines of a header field in the order received, empty if it was not sent; the name in any case. */
    List<String> headers(String name);

    /** The value of the first cookie of that name. */
    Optional<String> cookie(String name);

    /** The first value of that name in the query string, decoded. */
    Optional<String> query(String name);

    /** The name of the authenticated user. */
    Optional<String> principal();

    /** The id of the session that the request belongs to, if there is one and it is still valid. */
    Optional<String> sessionId();

    /** The host the request was sent to, without port. */
    String host();

    /** What the application says this request costs in tokens, at least 0; empty if it leaves that to the policies. */
    default OptionalLong cost() {
        return OptionalLong.empty();
    }
}

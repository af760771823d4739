package dev.sluice.key;

import java.util.Optional;

/**
 * Says who shares a bucket. Requests with equal values share one; the value is hashed before it leaves the server.
 *
 * <p>An application may bring its own: a public class with a public constructor without parameters, named in
 * {@code policy.<name>.key}. Where there is CDI it may be a bean instead, of any scope.
 *
 * <pre>{@code
 * public class TenantKey implements PartitionKey {
 *     public Optional<String> of(RequestView request) {
 *         return request.headers("X-Tenant").stream().findFirst();
 *     }
 * }
 * }</pre>
 *
 * <p>Implementations must be safe for use by many threads and must not block.
 */
@FunctionalInterface
public interface PartitionKey {

    /** The value for this request; empty if the request has none, and the client address then takes its place. */
    Optional<String> of(RequestView request);
}

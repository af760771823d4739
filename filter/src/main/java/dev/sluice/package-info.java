/**
 * The servlet filter and all that knows servlets. One request walks through six files and never back:
 *
 * <pre>
 *   RateLimitFilter.doFilter      views the request, asks, tells the client, passes it on or answers
 *     RateLimiter.check           matching policies, bucket keys, one question to the store, a verdict
 *       Policy                    matches(request), keyFor(request)
 *       RedisBucketStore          one EVALSHA
 *         token_bucket.lua        refill, compare, take, expire
 *     RateLimitFields             the verdict as header fields
 * </pre>
 *
 * Arrows between packages, held by {@code ArchitectureTest}: {@code bucket} and {@code key} know only {@code java.*};
 * {@code policy} and {@code store} stand on them, {@code limiter} on those, {@code http} and {@code config} on that, and
 * this package on everything. Beside it stands {@code check}, the command line, which knows all but this package, and which
 * nobody knows. Servlets are known only here, Jedis only in {@code store.redis}, MicroProfile Config only
 * in one file of {@code config}. {@code metrics} listens to {@code limiter} and {@code store}, which know it only as their
 * observer; JMX, Micrometer and OpenTelemetry are known in one file of it each.
 */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;

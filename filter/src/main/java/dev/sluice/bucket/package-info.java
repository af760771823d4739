/**
 * The token bucket: how does it work, and why?
 *
 * <p><b>The idea.</b> A bucket holds tokens, at most its capacity. Each request takes its cost. Tokens return at a steady
 * rate. Who is idle saves up to a full bucket and may spend it at once; who asks without pause gets the rate. Over any
 * interval T it admits at most {@code capacity + rate * T}, and that is the whole promise.
 *
 * <p><b>What is stored.</b> Nothing has to drip. The level follows from the level at some moment and the time since, so a
 * bucket is a level and a time, brought up to date when somebody asks. There is no background job, and a bucket that
 * nobody asks for costs nothing: once it would be full again it is forgotten, because a bucket that is not stored is a
 * full one.
 *
 * <p><b>Example.</b> Capacity 10, refill 1 per second. At 0 ms a request finds no bucket: it is full, 10 tokens. It takes
 * one: 9 tokens at 0 ms. At 2 500 ms the next one arrives. In 2 500 ms two and a half tokens have returned; one was
 * missing, so the bucket is full and the rest is lost: 10 tokens. It takes one: 9 tokens at 2 500 ms. Had it taken nine
 * at 0 ms, there would be 1 + 2.5 = 3.5 tokens at 2 500 ms: three whole ones to spend, and half a token on its way.
 *
 * <p><b>No fraction is ever lost or invented.</b> Half tokens tempt one to use floating point, and then a million requests
 * later the sum is wrong. So the bucket counts in units. The refill, 7 tokens per 60 s, is a fraction: 7 tokens per
 * 60 000 000 us. In lowest terms {@code n / d}, let a token be {@code d} units; then each microsecond adds exactly
 * {@code n} units:
 *
 * <pre>
 *   level(now) = min(capacity * d, level(last) + (now - last) * n)      in units
 *   tokens     = level / d, rounded down
 *   fraction   = level mod d
 *   wait(cost) = (cost * d - level) / n, rounded up                     in microseconds
 * </pre>
 *
 * <p>The largest number here is a full bucket, {@code capacity * d}. Lua in Redis has only doubles, which hold every whole
 * number up to 2^53, so a bucket whose units do not fit is refused when it is made. The product {@code (now - last) * n}
 * is formed only when the bucket is not yet full by then, and is therefore smaller. The time itself, microseconds since
 * 1970, passes 2^53 in the year 2255.
 *
 * <p><b>Consequences.</b>
 *
 * <ul>
 *   <li>Seven tokens at once leave the same bucket as seven times one: the arithmetic is addition.
 *   <li>A rejected request changes nothing, so it need not be written. Asking in vain costs the client nothing and
 *       postpones nothing.
 *   <li>{@code wait(cost)} is exact: after it the cost passes, one microsecond before it does not, if nobody else asks.
 *   <li>Parameters are not stored; they come with each question. A new capacity or refill applies to the level at hand:
 *       a level above the new capacity is cut, a fraction written in other units is carried over rounded down.
 * </ul>
 *
 * <p><b>The clock.</b> There is one clock for each bucket, that of the store, so servers need not agree on the time. It may
 * still step back. The stored time then stays ahead: nothing refills until the clock has caught up, and nothing is
 * counted twice. But a clock that was an hour ahead and is set right must not lock a client out for an hour, so a step of
 * more than one second is believed: the level stays and the clock goes on from there. Stepping back and forth can then
 * mint no more than one full bucket for each pair of steps.
 *
 * <p><b>What it is not.</b> Not a window: there is no boundary at which two full quotas meet. Not a queue: nothing waits
 * here. Not fair: whoever asks first is served first.
 */
@NullMarked
package dev.sluice.bucket;

import org.jspecify.annotations.NullMarked;

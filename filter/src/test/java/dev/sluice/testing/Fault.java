package dev.sluice.testing;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does to connections that are open. Immutable: the same fault can break out again, counted anew.
 *
 * <pre>{@code
 * proxy.fault(Fault.delay(Duration.ofMillis(80)));
 * proxy.fault(Fault.cut().on("EVALSHA").times(3));   // hello and password get through
 * }</pre>
 */
public final class Fault {

    private final Effect effect;
    private final String text;
    private final long times;

    private Fault(Effect effect, String text, long times) {
        this.effect = effect;
        this.text = text;
        this.times = times;
    }

    private static Fault of(Effect effect) {
        return new Fault(effect, "", Long.MAX_VALUE);
    }

    /** Everything passes. */
    public static Fault none() {
        return of(Effect.PASS).times(0);
    }

    /** Each reply is delivered so much later. */
    public static Fault delay(Duration time) {
        return of(new Effect.Delay(time));
    }

    /** Replies come a byte at a time, one after each interval. */
    public static Fault drip(Duration interval) {
        return of(new Effect.Drip(interval));
    }

    /** Requests are read and never answered; replies in flight are lost. A connection once struck stays silent, new ones are well. */
    public static Fault swallow() {
        return of(new Effect.Swallow());
    }

    /** The target does what it was asked, but instead of its reply the client sees the connection close. */
    public static Fault cut() {
        return of(new Effect.Cut());
    }

    /** The network is gone: nothing passes either way, not even a close. What was sent arrives once the fault is over. */
    public static Fault halfOpen() {
        return of(new Effect.HalfOpen());
    }

    /** This text is the answer; the target is not asked. */
    public static Fault answer(String reply) {
        return of(new Effect.Answer(reply));
    }

    /** An answer that is not RESP, as from a web server on the wrong port. */
    public static Fault garbage() {
        return answer("HTTP/1.1 400 Bad Request\r\n\r\n");
    }

    /** Strikes only requests that contain this text, such as the name of a command; all others pass. */
    public Fault on(String requestText) {
        return new Fault(effect, requestText, times);
    }

    /** Strikes so many requests; the ones after them pass. */
    public Fault times(long requests) {
        return new Fault(effect, text, requests);
    }

    Outbreak breakOut() {
        return new Outbreak(effect, text, times);
    }
}

package dev.sluice.testing;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What has passed through a {@link FaultProxy}. Safe for use by many threads.
 *
 * <p>A request is what one read brings: with a client that waits for each answer, one command or one pipeline.
 */
public final class Traffic {

    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong requestBytes = new AtomicLong();
    private final AtomicLong replyBytes = new AtomicLong();
    private final AtomicLong struck = new AtomicLong();

    Traffic() {}

    /** Connections accepted so far. */
    public long accepted() {
        return accepted.get();
    }

    /** Connections open now. */
    public long open() {
        return open.get();
    }

    /** Requests forwarded to the target. */
    public long requests() {
        return requests.get();
    }

    /** Bytes forwarded to the target. */
    public long requestBytes() {
        return requestBytes.get();
    }

    /** Bytes delivered to clients. */
    public long replyBytes() {
        return replyBytes.get();
    }

    /** Requests that met with a fault. */
    public long struck() {
        return struck.get();
    }

    void opened() {
        accepted.incrementAndGet();
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    void forwarded(int bytes) {
        requests.incrementAndGet();
        requestBytes.addAndGet(bytes);
    }

    void delivered(int bytes) {
        replyBytes.addAndGet(bytes);
    }

    void strike() {
        struck.incrementAndGet();
    }
}

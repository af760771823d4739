package dev.sluice.store.redis;

/** A thread of ours, which never keeps a JVM alive. Safe for use by many threads. */
final class Daemon {

    private final Thread thread;

    private Daemon(Thread thread) {
        this.thread = thread;
    }

    static Daemon start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return new Daemon(thread);
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Waits until it has ended, or until that moment of {@link System#nanoTime}. */
    void awaitEnd(long untilNanos) {
        long leftMillis = (untilNanos - System.nanoTime()) / 1_000_000;
        try {
            thread.join(Math.max(1, leftMillis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.sluice.store.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * A thread of ours, which never keeps a JVM alive, and outlives errors such as a heap that is full for a moment: without
 * it nobody would connect to Redis any more. Safe for use by many threads.
 */
final class Daemon {

    private static final Logger LOG = System.getLogger("dev.sluice");

    private static final long PAUSE_MILLIS = 100;

    private final Thread thread;

    private Daemon(Thread thread) {
        this.thread = thread;
    }

    /** @param task ends of itself; if it ends with an error it is begun anew, after a tenth of a second */
    static Daemon start(Runnable task, String name) {
        Thread thread = new Thread(() -> run(task, name), name);
        thread.setDaemon(true);
        thread.start();
        return new Daemon(thread);
    }

    private static void run(Runnable task, String name) {
        boolean reported = false;
        boolean over = false;
        while (!over) {
            try {
                task.run();
                over = true;
            } catch (RuntimeException | Error failure) {
                over = !pause();
                if (!reported) {
                    reported = true;
                    report(name, failure);
                }
            }
        }
    }

    /** Whether it was not interrupted. */
    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void report(String name, Throwable failure) {
        try {
            LOG.log(Level.ERROR, "Thread " + name + " failed, and begins anew", failure);
        } catch (RuntimeException | Error unreported) {
            // there may still be no heap for it, and the thread matters more
        }
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

package dev.sluice.testing;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The port of a proxy: open, shut (connects are refused) or jammed (connects hang). Safe for use by many threads. */
final class Door implements Closeable {

    private static final int BACKLOG = 1024;

    /** The system makes a connection on loopback at once, without the listener's help; what takes longer waits for room. */
    private static final int HANGS_MILLIS = 200;

    private static final int CROWD_AT_MOST = 100;

    private final int port = Loopback.freePort();
    private final Executor threads;
    private final Consumer<Socket> visitors;
    private final List<Socket> crowd = new ArrayList<>();
    private @Nullable ServerSocket listener;
    private CompletableFuture<Void> accepting = CompletableFuture.completedFuture(null);

    /** Shut, until it is opened. */
    Door(Executor threads, Consumer<Socket> visitors) {
        this.threads = threads;
        this.visitors = visitors;
    }

    int port() {
        return port;
    }

    synchronized void open() {
        if (listener != null && crowd.isEmpty()) {
            return;
        }
        ServerSocket opened = listenAnew(BACKLOG);
        accepting = CompletableFuture.runAsync(() -> accept(opened), threads);
    }

    /** A listener that never accepts, with as many connections waiting before it as the system will queue. */
    synchronized void jam() {
        listenAnew(1);
        while (crowd.size() < CROWD_AT_MOST) {
            Socket waiting = new Socket();
            crowd.add(waiting);
            try {
                waiting.connect(new InetSocketAddress(Loopback.address(), port), HANGS_MILLIS);
            } catch (SocketTimeoutException full) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("this system queues more than " + CROWD_AT_MOST + " connections");
    }

    /** Shuts the door; who is inside stays. */
    @Override
    public synchronized void close() {
        try {
            if (listener != null) {
                listener.close();
                listener = null;
                accepting.join(); // a thread within accept() still holds the port
            }
            for (Socket waiting : crowd) {
                waiting.close();
            }
            crowd.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerSocket listenAnew(int backlog) {
        close();
        try {
            ServerSocket anew = new ServerSocket(port, backlog, Loopback.address());
            listener = anew;
            return anew;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket open) {
        try {
            while (true) {
                visitors.accept(open.accept());
            }
        } catch (IOException shut) {
            // the door was shut
        }
    }
}

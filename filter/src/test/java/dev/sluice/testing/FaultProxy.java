package dev.sluice.testing;

import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A TCP proxy on loopback whose network can be spoiled and mended while connections are open. Safe for use by many threads.
 *
 * <p>Two things are independent of each other: the {@link Fault} says what happens on connections that are open;
 * {@link #refuseConnects()} and {@link #hangConnects()} say what happens to new ones. A partition is both, {@code Fault.halfOpen()}
 * and {@code hangConnects()}. A proxy whose target is down accepts and then resets.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to(server)) {
 *     proxy.fault(Fault.drip(Duration.ofMillis(80)));
 *     proxy.heal();
 * }
 * }</pre>
 */
public final class FaultProxy implements AutoCloseable {

    private static final int END_AT_MOST_SECONDS = 10;

    private final int target;
    private final Traffic traffic = new Traffic();
    private final AtomicReference<Outbreak> outbreak =
            new AtomicReference<>(Fault.none().breakOut());
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Door door = new Door(threads, this::admit);

    private FaultProxy(int target) {
        this.target = target;
    }

    public static FaultProxy to(RedisServer target) {
        return to(target.port());
    }

    public static FaultProxy to(int targetPort) {
        FaultProxy proxy = new FaultProxy(targetPort);
        proxy.door.open();
        return proxy;
    }

    public int port() {
        return door.port();
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return Loopback.HOST + ":" + port();
    }

    public Traffic traffic() {
        return traffic;
    }

    /** From now on, on every connection, until the next call. */
    public void fault(Fault fault) {
        outbreak.getAndSet(fault.breakOut()).end();
    }

    /** No fault, and connects are accepted. */
    public void heal() {
        fault(Fault.none());
        acceptConnects();
    }

    /** As at the start, on the same port. */
    public void acceptConnects() {
        door.open();
    }

    /** Nobody listens any more; connections that are open stay. */
    public void refuseConnects() {
        door.close();
    }

    /** Connects hang until they time out, as if packets vanished; connections that are open stay. */
    public void hangConnects() {
        door.jam();
    }

    /** Resets (RST) all connections that are open now. */
    public void resetConnections() {
        connections.forEach(ProxiedConnection::reset);
    }

    @Override
    public void close() {
        door.close();
        threads.shutdownNow();
        resetConnections();
        if (!endsInTime()) {
            throw new IllegalStateException("threads of the proxy on port " + port() + " do not end");
        }
    }

    private void admit(Socket client) {
        ProxiedConnection connection = new ProxiedConnection(client, outbreak::get, traffic, connections::remove);
        connections.add(connection); // before it is served: close() must find it
        traffic.opened();
        try {
            threads.execute(() -> connection.serve(target, threads));
        } catch (RejectedExecutionException closing) {
            connection.reset();
        }
    }

    private boolean endsInTime() {
        try {
            return threads.awaitTermination(END_AT_MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package dev.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A client's connection and the one to the target that belongs to it; one thread carries requests, another one replies. */
final class ProxiedConnection {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Socket client;
    private final Socket target = new Socket();
    private final Supplier<Outbreak> outbreaks;
    private final Traffic traffic;
    private final Consumer<ProxiedConnection> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean muted;
    private Exchange exchange;

    ProxiedConnection(
            Socket client, Supplier<Outbreak> outbreaks, Traffic traffic, Consumer<ProxiedConnection> onClose) {
        this.client = client;
        this.outbreaks = outbreaks;
        this.traffic = traffic;
        this.onClose = onClose;
        this.exchange = new Exchange("", outbreaks.get(), Effect.PASS);
    }

    /** A request and what became of it in the outbreak that reigned. */
    private record Exchange(String request, Outbreak outbreak, Effect effect) {}

    /** Connects to the target and carries bytes both ways until one end is gone. */
    void serve(int targetPort, Executor threads) {
        try {
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            target.connect(new InetSocketAddress(Loopback.address(), targetPort), CONNECT_MILLIS);
            InputStream replies = target.getInputStream();
            threads.execute(() -> carry(replies, this::reply));
            carry(client.getInputStream(), this::request);
        } catch (IOException | RejectedExecutionException unreachable) {
            reset();
        }
    }

    void request(byte[] bytes) throws IOException, InterruptedException {
        if (!muted) {
            Exchange now = begin(new String(bytes, StandardCharsets.ISO_8859_1));
            now.effect().request(bytes, this, now.outbreak());
        }
    }

    void reply(byte[] bytes) throws IOException, InterruptedException {
        if (!muted) {
            Exchange now = underWay();
            now.effect().reply(bytes, this, now.outbreak());
        }
    }

    void end() throws InterruptedException {
        Outbreak outbreak = outbreaks.get();
        outbreak.effect().end(this, outbreak);
    }

    void forward(byte[] bytes) throws IOException {
        traffic.forwarded(bytes.length); // before the write: whoever sees the reply sees the count
        target.getOutputStream().write(bytes);
    }

    /** Two threads may have something to say to the client: a reply, and an answer in place of one. */
    synchronized void deliver(byte[] bytes) throws IOException {
        traffic.delivered(bytes.length);
        client.getOutputStream().write(bytes);
    }

    /** From now on it reads, and says nothing. */
    void mute() {
        muted = true;
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            closeQuietly(client);
            closeQuietly(target);
            traffic.closed();
            onClose.accept(this);
        }
    }

    /** The client sees a reset (RST) instead of an end. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
        } catch (SocketException alreadyClosed) {
            // nothing left to reset
        }
        close();
    }

    private void carry(InputStream from, Step step) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                step.take(Arrays.copyOf(buffer, n));
            }
            end();
        } catch (IOException gone) {
            close();
        } catch (InterruptedException proxyCloses) {
            reset();
        }
    }

    private synchronized Exchange begin(String request) {
        Outbreak outbreak = outbreaks.get();
        boolean struck = outbreak.strikes(request);
        if (struck) {
            traffic.strike();
        }
        exchange = new Exchange(request, outbreak, struck ? outbreak.effect() : Effect.PASS);
        return exchange;
    }

    /** A reply in flight when the fault breaks out is struck as well. */
    private synchronized Exchange underWay() {
        return exchange.outbreak() == outbreaks.get() ? exchange : begin(exchange.request());
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone, which is what was wanted
        }
    }

    @FunctionalInterface
    private interface Step {
        void take(byte[] bytes) throws IOException, InterruptedException;
    }
}

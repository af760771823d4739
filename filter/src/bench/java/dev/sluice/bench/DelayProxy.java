package dev.sluice.bench;

import dev.sluice.testing.Loopback;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A longer wire: replies arrive so much later, and as many may be on their way as like. One thread reads both ways and stamps, another
 * one delivers; the delay is the same for all, so that one queue is in order of time.
 */
final class DelayProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 256 * 1024;

    private final int target;
    private final long delayNanos;
    private final Selector selector = Selector.open();
    private final ServerSocketChannel door = ServerSocketChannel.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Queue<Chunk> flying = new ConcurrentLinkedQueue<>();
    private final Thread reading = thread(this::read, "delay-proxy-reads");
    private final Thread delivering = thread(this::deliver, "delay-proxy-delivers");
    private volatile boolean closed;
    private volatile boolean idle;

    private record Chunk(SocketChannel to, ByteBuffer bytes, long dueNanos) {}

    /** The other end of a connection, and whether what is read goes there late. */
    private record Other(SocketChannel channel, boolean late) {}

    DelayProxy(int target, Duration delay) throws IOException {
        this.target = target;
        this.delayNanos = delay.toNanos();
        door.bind(new InetSocketAddress(Loopback.address(), 0), 1024);
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
        reading.start();
        delivering.start();
    }

    int port() throws IOException {
        return ((InetSocketAddress) door.getLocalAddress()).getPort();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
        LockSupport.unpark(delivering);
    }

    private void read() {
        while (!closed) {
            try {
                selector.select(this::take);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void take(SelectionKey key) {
        if (key.attachment() instanceof Other other) {
            try {
                carry((SocketChannel) key.channel(), other);
            } catch (IOException gone) {
                closeQuietly((SocketChannel) key.channel());
                closeQuietly(other.channel());
            }
        } else {
            admit();
        }
    }

    private void admit() {
        try {
            SocketChannel client = door.accept();
            SocketChannel server = SocketChannel.open(new InetSocketAddress(Loopback.address(), target));
            register(client, new Other(server, false));
            register(server, new Other(client, true));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void register(SocketChannel channel, Other other) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, other);
    }

    private void carry(SocketChannel from, Other to) throws IOException {
        buffer.clear();
        if (from.read(buffer) < 0) {
            throw new IOException("the end");
        }
        buffer.flip();
        if (to.late()) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
            flying.add(new Chunk(to.channel(), bytes, System.nanoTime() + delayNanos));
            if (idle) {
                LockSupport.unpark(delivering);
            }
        } else {
            writeAll(to.channel(), buffer);
        }
    }

    private void deliver() {
        while (!closed) {
            Chunk next = flying.peek();
            if (next == null) {
                idle = true; // T1 says so and then looks; T2 adds and then looks whether it was said
                if (flying.isEmpty()) {
                    LockSupport.park(this);
                }
                idle = false;
            } else if (next.dueNanos() - System.nanoTime() > 0) {
                LockSupport.parkNanos(this, next.dueNanos() - System.nanoTime());
            } else {
                flying.remove();
                try {
                    writeAll(next.to(), next.bytes());
                } catch (IOException gone) {
                    closeQuietly(next.to());
                }
            }
        }
    }

    private static void writeAll(SocketChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone, which is what was wanted
        }
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}

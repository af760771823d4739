package dev.sluice.bench;

import dev.sluice.testing.Loopback;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Keep-alive connections that each send a request when the former one is answered: where there is no {@code wrk}. One thread. */
final class LoadGenerator {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final String LENGTH = "\r\ncontent-length:";

    private final SplittableRandom random = new SplittableRandom();
    private final Histogram latencies = new Histogram();
    private final Selector selector = Selector.open();
    private final ByteBuffer[] requests;
    private long admitted;
    private long decisions;

    private LoadGenerator(ByteBuffer[] requests) throws IOException {
        this.requests = requests;
    }

    /** Port, path, prefix of the clients, how many clients, connections, milliseconds. */
    public static void main(String[] arguments) throws IOException {
        int clients = Integer.parseInt(arguments[3]);
        ByteBuffer[] requests = new ByteBuffer[clients];
        for (int i = 0; i < clients; i++) {
            String request = "GET " + arguments[1] + " HTTP/1.1\r\nHost: bench\r\nX-API-Key: " + arguments[2] + "-" + i
                    + "\r\n\r\n";
            requests[i] = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        }
        LoadGenerator generator = new LoadGenerator(requests);
        generator.connect(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[4]));
        generator.run(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[5])));
        System.out.println("done " + generator.decisions + " " + generator.admitted + " " + generator.latencies);
    }

    private void connect(int port, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(Loopback.address(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Exchange exchange = new Exchange(channel);
            key.attach(exchange);
            exchange.send();
        }
    }

    private void run(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            selector.select(key -> ((Exchange) key.attachment()).read(), 100);
        }
    }

    /** One connection. */
    private final class Exchange {

        private final SocketChannel channel;
        private final ByteBuffer reply = ByteBuffer.allocate(BUFFER_BYTES);
        private long sentNanos;

        Exchange(SocketChannel channel) {
            this.channel = channel;
        }

        void send() throws IOException {
            ByteBuffer request = requests[random.nextInt(requests.length)].duplicate();
            sentNanos = System.nanoTime();
            while (request.hasRemaining()) {
                channel.write(request);
            }
        }

        void read() {
            try {
                if (channel.read(reply) < 0) {
                    throw new EOFException("the server has closed a connection");
                }
                if (isComplete()) {
                    latencies.record(System.nanoTime() - sentNanos);
                    decisions++;
                    admitted += reply.get("HTTP/1.1 ".length()) == '2' ? 1 : 0;
                    reply.clear();
                    send();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean isComplete() {
            String text = new String(reply.array(), 0, reply.position(), StandardCharsets.ISO_8859_1);
            int body = text.indexOf("\r\n\r\n") + 4;
            if (body < 4) {
                return false;
            }
            String head = text.substring(0, body).toLowerCase(Locale.ROOT);
            int length = head.indexOf(LENGTH);
            if (length < 0) {
                throw new IllegalStateException("no Content-Length in " + text);
            }
            String digits = head.substring(length + LENGTH.length(), head.indexOf('\r', length + 2))
                    .strip();
            return reply.position() >= body + Integer.parseInt(digits);
        }
    }
}

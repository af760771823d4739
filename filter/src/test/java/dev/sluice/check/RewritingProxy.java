package dev.sluice.check;

import dev.sluice.testing.Loopback;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Passes everything on, but in what the server says one text takes the place of another of the same length. */
final class RewritingProxy implements AutoCloseable {

    private final ServerSocket door = new ServerSocket(0, 50, Loopback.address());
    private final int target;
    private final String from;
    private final String to;

    RewritingProxy(int target, String from, String to) throws IOException {
        if (from.length() != to.length()) {
            throw new IllegalArgumentException("expected texts of one length, were " + from + " and " + to);
        }
        this.target = target;
        this.from = from;
        this.to = to;
        inTheBackground(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket guest = door.accept();
                Socket server = new Socket(Loopback.address(), target);
                inTheBackground(() -> pass(guest, server, false));
                inTheBackground(() -> pass(server, guest, true));
            } catch (IOException closed) {
                // that is the end
            }
        }
    }

    /** A text that is cut in two by the network would be missed; what is asked for here comes in one piece. */
    private void pass(Socket source, Socket sink, boolean rewriting) {
        byte[] buffer = new byte[1 << 16];
        try (source;
                sink) {
            InputStream in = source.getInputStream();
            OutputStream out = sink.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                out.write((rewriting ? text.replace(from, to) : text).getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException ended) {
            // as connections do
        }
    }

    private static void inTheBackground(Runnable task) {
        Thread thread = new Thread(task, "rewriting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}

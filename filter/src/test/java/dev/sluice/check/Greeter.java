package dev.sluice.check;

import dev.sluice.testing.Loopback;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that says one thing to whatever it is asked, and hangs up. */
final class Greeter implements AutoCloseable {

    private final ServerSocket door = new ServerSocket(0, 50, Loopback.address());
    private final byte[] words;

    Greeter(String words) throws IOException {
        this.words = words.getBytes(StandardCharsets.ISO_8859_1);
        Thread thread = new Thread(this::serve, "greeter");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return door.getLocalPort();
    }

    private void serve() {
        while (!door.isClosed()) {
            try (Socket guest = door.accept()) {
                guest.getInputStream().read();
                guest.getOutputStream().write(words);
                guest.shutdownOutput();
                guest.getInputStream().readAllBytes(); // or the rest unread would reset what was said
            } catch (IOException gone) {
                // the next one, then
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}

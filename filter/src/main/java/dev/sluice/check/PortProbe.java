package dev.sluice.check;

import dev.sluice.store.redis.RedisAddress;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;

/**
 * What speaks at an address, found out by asking in several languages. Immutable.
 *
 * @param language what it speaks
 * @param words what it said first, printable; empty if nothing
 */
record PortProbe(Language language, String words) {

    /** What may listen at a port. */
    enum Language {
        REDIS,
        TLS,
        OTHER,
        SILENCE
    }

    private static final int PATIENCE_MILLIS = 1_500;
    private static final int TLS_ALERT = 0x15;
    private static final int TLS_HANDSHAKE = 0x16;

    static PortProbe of(RedisAddress address) {
        String ping = firstWords(address, "PING\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        if (ping.startsWith("+PONG") || ping.matches("(?s)-[A-Z]{2,}\\b.*")) {
            return new PortProbe(Language.REDIS, printable(ping));
        }
        String hello = firstWords(address, clientHello(address));
        if (!hello.isEmpty() && (hello.charAt(0) == TLS_HANDSHAKE || hello.charAt(0) == TLS_ALERT)) {
            return new PortProbe(Language.TLS, "");
        }
        String get = firstWords(address, "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        String words = get.isEmpty() ? ping : get;
        return new PortProbe(words.isEmpty() ? Language.SILENCE : Language.OTHER, printable(words));
    }

    /** At most a line of what it answers, a character for each byte; empty if nothing comes. */
    private static String firstWords(RedisAddress address, byte[] question) {
        StringBuilder words = new StringBuilder();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(question);
            int next = socket.getInputStream().read();
            while (next >= 0 && next != '\n' && words.length() < 60) {
                words.append((char) next);
                next = socket.getInputStream().read();
            }
        } catch (IOException ended) {
            return words.toString(); // what came until then must do
        }
        return words.toString();
    }

    /** How a client that wants TLS begins. */
    private static byte[] clientHello(RedisAddress address) {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine(address.host(), address.port());
            engine.setUseClientMode(true);
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), hello);
            byte[] bytes = new byte[hello.flip().remaining()];
            hello.get(bytes);
            return bytes;
        } catch (NoSuchAlgorithmException | SSLException noTls) {
            throw new IllegalStateException("every Java platform has TLS", noTls);
        }
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.strip().chars().forEach(c -> printable.append(c < ' ' || c > '~' ? '?' : (char) c));
        return printable.toString();
    }
}

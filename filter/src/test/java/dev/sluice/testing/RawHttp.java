package dev.sluice.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One connection to an HTTP/1.1 server on loopback on which every byte of a request is the test's own: {@code //x},
 * {@code /a/../b}, a header line twice, the last byte held back. Confined to one thread.
 *
 * <pre>{@code
 * RawHttp.send(port, "GET /a/../b HTTP/1.1", "X-Forwarded-For: unknown");
 * }</pre>
 */
public final class RawHttp implements AutoCloseable {

    private static final int REPLY_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final StringBuilder request = new StringBuilder();

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    public static RawHttp connect(int port) {
        try {
            Socket socket = new Socket(Loopback.address(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(REPLY_MILLIS);
            return new RawHttp(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One request on a connection of its own; {@code Host} and {@code Connection: close} are added. */
    public static HttpReply send(int port, String requestLine, String... headerLines) {
        List<String> lines = new ArrayList<>(List.of(requestLine, "Host: " + Loopback.HOST + ":" + port));
        lines.addAll(List.of(headerLines));
        lines.add("Connection: close");
        try (RawHttp connection = connect(port)) {
            connection.write(String.join("\r\n", lines) + "\r\n\r\n");
            return connection.read();
        }
    }

    /** Sends these bytes (a character, a byte) and nothing else. */
    public void write(String bytes) {
        try {
            request.append(bytes);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reply to what was written since the last one; an interim reply (1xx) is passed over. */
    public HttpReply read() {
        try {
            boolean head = request.indexOf("HEAD ") == 0;
            request.setLength(0);
            int status;
            HttpHeaders fields;
            do {
                status = Integer.parseInt(readLine().split(" ")[1]);
                fields = readFields();
            } while (status < 200 && status != 101);
            boolean empty = head || status == 101 || status == 204 || status == 304;
            return new HttpReply(status, fields, empty ? "" : new String(readBody(fields), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpHeaders readFields() throws IOException {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            String[] field = line.split(":", 2);
            fields.computeIfAbsent(field[0], name -> new ArrayList<>()).add(field[1].trim());
        }
        return HttpHeaders.of(fields, (name, value) -> true);
    }

    private byte[] readBody(HttpHeaders fields) throws IOException {
        if (fields.firstValue("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
            return readChunks();
        }
        return fields.firstValue("Content-Length").isPresent()
                ? readExactly(
                        Integer.parseInt(fields.firstValue("Content-Length").get()))
                : in.readAllBytes();
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = readChunkSize(); size > 0; size = readChunkSize()) {
            body.writeBytes(readExactly(size));
            readLine();
        }
        readFields(); // trailers
        return body.toByteArray();
    }

    private int readChunkSize() throws IOException {
        return Integer.parseInt(readLine().split(";")[0].trim(), 16);
    }

    private byte[] readExactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended within the line \"" + line + "\"");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}

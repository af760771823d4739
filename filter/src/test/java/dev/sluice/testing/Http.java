package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Plain HTTP/1.1 requests that follow no redirect. For what a well-behaved client never sends there is {@link RawHttp}. */
public final class Http {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Http() {}

    /** @param headerLines such as {@code "X-API-Key: alice"} */
    public static HttpReply get(URI uri, String... headerLines) {
        return send("GET", uri, headerLines);
    }

    /** A request without a body. */
    public static HttpReply send(String method, URI uri, String... headerLines) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(30));
        for (String line : headerLines) {
            String[] field = line.split(":", 2);
            request.header(field[0], field[1].trim());
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new HttpReply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + method + " " + uri, e);
        }
    }
}

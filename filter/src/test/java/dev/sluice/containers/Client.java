package dev.sluice.containers;

import dev.sluice.testing.Http;
import dev.sluice.testing.HttpReply;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One whom nobody has seen: behind the proxy that all containers trust, at an address of its own (RFC 2544). */
final class Client {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String address;

    Client() {
        int number = COUNT.incrementAndGet();
        address = "198.18." + number / 250 + "." + (1 + number % 250);
    }

    String address() {
        return address;
    }

    /** The header line of the proxy. */
    String line() {
        return "X-Forwarded-For: " + address;
    }

    /** Sends as many requests as that at the same time. */
    List<HttpReply> send(int requests, URI uri) {
        ExecutorService threads = Executors.newFixedThreadPool(requests);
        try {
            List<CompletableFuture<HttpReply>> replies = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> Http.get(uri, line()), threads))
                    .limit(requests)
                    .toList();
            return replies.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }
}

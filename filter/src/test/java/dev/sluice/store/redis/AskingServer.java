package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One server of a fleet, in a JVM of its own: many threads that ask for the same bucket from the line {@code go} on, until
 * each has asked as often as it should, or until the line {@code stop}.
 *
 * <p>Arguments: Redis port, threads, requests a thread, capacity, refill tokens a second (0: one a day).
 */
public final class AskingServer {

    private AskingServer() {}

    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[1]);
        long requests = Long.parseLong(arguments[2]);
        Charge charge = new Charge(
                BucketKey.unnamed("fleet"),
                bucket(Long.parseLong(arguments[3]), Long.parseLong(arguments[4])),
                1,
                true);
        RedisSettings settings = new RedisSettings(
                new Topology.Standalone(new RedisAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0),
                false,
                TlsSettings.USUAL,
                Optional.empty(),
                Duration.ofSeconds(5),
                10_000);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicLong permitted = new AtomicLong();
        AtomicLong asked = new AtomicLong();
        try (RedisBucketStore store = new RedisBucketStore(settings)) {
            System.out.println("ready");
            orders.readLine();
            List<Thread> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Thread thread = new Thread(() -> {
                    try {
                        for (long n = 0; n < requests && !stopped.get(); n++) {
                            boolean passes = store.tryConsume(List.of(charge)).get(0) instanceof Decision.Permitted;
                            permitted.addAndGet(passes ? 1 : 0);
                            if (asked.incrementAndGet() == 1) {
                                System.out.println("began");
                            }
                        }
                    } catch (Exception e) {
                        System.out.println("failed " + e);
                    }
                });
                thread.start();
                running.add(thread);
            }
            Thread listening = new Thread(() -> {
                try {
                    orders.readLine();
                    stopped.set(true);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            listening.setDaemon(true);
            listening.start();
            for (Thread thread : running) {
                thread.join();
            }
        }
        System.out.println("permitted " + permitted + " of " + asked);
    }

    private static TokenBucket bucket(long capacity, long perSecond) {
        return perSecond == 0
                ? TokenBucket.of(capacity, 1, Duration.ofDays(1))
                : TokenBucket.of(capacity, perSecond, Duration.ofSeconds(1));
    }
}

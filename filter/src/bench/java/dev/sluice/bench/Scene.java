package dev.sluice.bench;

import dev.sluice.bucket.TokenBucket;

import java.time.Duration;

/** Which buckets are asked, and what they hold. */
enum Scene {
    HOT("one hot bucket", 1, 1_000_000_000, 1_000),
    MANY("10 000 buckets", 10_000, 1_000_000_000, 1_000),
    /** After the first moment all but one request per bucket and second are rejected. */
    REJECTED("all rejected, 100 buckets", 100, 10, 1),
    /** Asked for far more than it has: here a limiter that admits too much is found out. */
    EXACT("one bucket of 1 000 + 1 000 a second", 1, 1_000, 1_000);

    private final String title;
    private final int buckets;
    private final long capacity;
    private final long refillPerSecond;

    Scene(String title, int buckets, long capacity, long refillPerSecond) {
        this.title = title;
        this.buckets = buckets;
        this.capacity = capacity;
        this.refillPerSecond = refillPerSecond;
    }

    String title() {
        return title;
    }

    int buckets() {
        return buckets;
    }

    long capacity() {
        return capacity;
    }

    long refillPerSecond() {
        return refillPerSecond;
    }

    /** From empty to full. */
    Duration fillTime() {
        return Duration.ofMillis(capacity * 1_000 / refillPerSecond);
    }

    TokenBucket bucket() {
        return TokenBucket.of(capacity, refillPerSecond, Duration.ofSeconds(1));
    }

    /** The clients, one for each bucket; another prefix makes other, full buckets. */
    String[] clients(String prefix) {
        String[] clients = new String[buckets];
        for (int i = 0; i < buckets; i++) {
            clients[i] = prefix + "-" + i;
        }
        return clients;
    }

    /**
     * The most that may be admitted.
     *
     * @param seconds from before the first request until after the last, plus what the limiter's clock cannot tell
     */
    long bound(double seconds) {
        return buckets * (capacity + (long) Math.floor(refillPerSecond * seconds));
    }
}

package dev.sluice.bucket;

import java.util.Random;

/** Buckets and times to walk over at random: fast and slow, round and odd, small and large. */
public final class RandomBuckets {

    private static final long[] PERIODS_MICROS = {
        1, 3, 7, 1_000, 9_999, 100_000, 333_333, 1_000_000, 12_000_000, 60_000_000, 3_600_000_000L, 86_400_000_000L
    };

    private final Random random;

    public RandomBuckets(long seed) {
        this.random = new Random(seed);
    }

    public TokenBucket bucket() {
        while (true) {
            long capacity = random.nextBoolean() ? 1 + random.nextInt(20) : 1 + random.nextInt(1_000_000);
            long tokens = random.nextBoolean() ? 1 + random.nextInt(10) : 1 + random.nextInt(1_000_000);
            long period = PERIODS_MICROS[random.nextInt(PERIODS_MICROS.length)];
            try {
                return new TokenBucket(capacity, tokens, period);
            } catch (IllegalArgumentException notExact) {
                // Such a bucket is refused at start-up; another one, then.
            }
        }
    }

    /** From a microsecond to twice the time to full, small steps as likely as large ones; mostly forward. */
    public long stepMicros(TokenBucket bucket) {
        double magnitude = random.nextDouble() * Math.log(2.0 * bucket.fillMicros() + 2);
        return Math.min((long) Math.exp(magnitude), 100_000_000_000_000L);
    }

    /** What a clock does: nearly always forward, now and then back, a little or far. */
    public long clockStepMicros(TokenBucket bucket) {
        return switch (random.nextInt(20)) {
            case 0 -> 0;
            case 1 -> -random.nextInt(1_000_001);
            case 2 -> -1_000_000L - random.nextInt(2);
            case 3 -> -(long) (random.nextDouble() * 7_200_000_000L);
            default -> stepMicros(bucket);
        };
    }

    /** Mostly small, up to the capacity. */
    public long cost(TokenBucket bucket) {
        return random.nextInt(3) > 0
                ? 1 + random.nextLong(Math.min(bucket.capacity(), 3))
                : 1 + random.nextLong(bucket.capacity());
    }

    public boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }
}

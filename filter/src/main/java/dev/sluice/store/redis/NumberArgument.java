package dev.sluice.store.redis;

import redis.clients.jedis.args.Rawable;

import java.nio.charset.StandardCharsets;

/**
 * A whole number as the argument of a command. The same few come with every call, so that they are kept: all small ones,
 * and of the others those asked for last. Immutable. Safe for use by many threads.
 */
final class NumberArgument implements Rawable {

    private static final int SMALL = 1 << 10;
    private static final int RECENT_BITS = 8;

    /** 2^64 over the golden ratio: it sends round numbers to different places. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final NumberArgument[] SMALL_ONES = smallOnes();

    /** Each in its place, where it stays until another is asked for that has the same. */
    private static final NumberArgument[] RECENT_ONES = new NumberArgument[1 << RECENT_BITS];

    private final long number;
    private final byte[] digits;

    private NumberArgument(long number) {
        this.number = number;
        this.digits = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    static NumberArgument of(long number) {
        return number >= 0 && number < SMALL ? SMALL_ONES[(int) number] : recent(number);
    }

    /** T1 and T2 may both make one: either is right, and whole, since its fields are final. */
    private static NumberArgument recent(long number) {
        int place = (int) (number * SPREAD >>> (Long.SIZE - RECENT_BITS));
        NumberArgument recent = RECENT_ONES[place];
        if (recent == null || recent.number != number) {
            recent = new NumberArgument(number);
            RECENT_ONES[place] = recent;
        }
        return recent;
    }

    @Override
    public byte[] getRaw() {
        return digits;
    }

    private static NumberArgument[] smallOnes() {
        NumberArgument[] numbers = new NumberArgument[SMALL];
        for (int number = 0; number < SMALL; number++) {
            numbers[number] = new NumberArgument(number);
        }
        return numbers;
    }
}

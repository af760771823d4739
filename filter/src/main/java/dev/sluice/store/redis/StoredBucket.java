package dev.sluice.store.redis;

import dev.sluice.bucket.BucketState;
import dev.sluice.bucket.TokenBucket;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Redis holds of one bucket. Immutable. */
public sealed interface StoredBucket {

    /** How the bucket stands, at the time of Redis that is given. */
    BucketState under(TokenBucket bucket, long nowMicros);

    /** Nothing: the bucket is full. */
    record Absent() implements StoredBucket {
        @Override
        public BucketState under(TokenBucket bucket, long nowMicros) {
            return bucket.full(nowMicros);
        }
    }

    /** Fields that cannot be read: the bucket counts as full. */
    record Damaged() implements StoredBucket {
        @Override
        public BucketState under(TokenBucket bucket, long nowMicros) {
            return bucket.full(nowMicros);
        }
    }

    /** A level and when it was. */
    record Level(BucketState state) implements StoredBucket {
        @Override
        public BucketState under(TokenBucket bucket, long nowMicros) {
            return state;
        }
    }

    /** @param fields the values of {@code tokens}, {@code last_refill} and {@code fraction}, as {@code token_bucket.lua} writes them */
    static StoredBucket of(List<String> fields) {
        if (fields.stream().allMatch(String::isEmpty)) {
            return new Absent();
        }
        Matcher text = Fields.SHAPE.matcher(String.join(" ", fields));
        if (!text.matches()) {
            return new Damaged();
        }
        try {
            return new Level(new BucketState(
                    Fields.number(text.group(1)),
                    Fields.number(text.group(3)),
                    Fields.number(text.group(4)),
                    Fields.number(text.group(2))));
        } catch (IllegalArgumentException outOfRange) {
            return new Damaged();
        }
    }

    /** How the script reads them: whole numbers that a double holds exactly. */
    final class Fields {
        private static final Pattern SHAPE = Pattern.compile("(\\d+) (\\d+) (\\d+)/(\\d+)");
        private static final long MAX_EXACT = 1L << 53;

        private Fields() {}

        private static long number(String digits) {
            long number = Long.parseLong(digits);
            if (number > MAX_EXACT) {
                throw new IllegalArgumentException("expected at most " + MAX_EXACT + ", was " + digits);
            }
            return number;
        }
    }
}

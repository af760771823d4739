package dev.sluice.store.redis;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The buckets that a call of the script asks for, each once. Confined to one thread. */
final class CalledBuckets {

    /** So many are searched, which most calls never exceed; of more there is an index. */
    private static final int FEW = 8;

    private final List<CalledBucket> inOrder = new ArrayList<>(1);
    private Map<String, CalledBucket> index = Map.of();
    private int kinds;

    @Nullable
    CalledBucket find(BucketKey key) {
        if (inOrder.size() > FEW) {
            return index.get(key.text());
        }
        for (CalledBucket each : inOrder) {
            if (each.key.text().equals(key.text())) {
                return each;
            }
        }
        return null;
    }

    /** Adds one that is not there yet. */
    void add(Charge charge, EqualRequests last) {
        inOrder.add(new CalledBucket(charge.key(), charge.bucket(), inOrder.size() + 1, kind(charge.bucket()), last));
        if (inOrder.size() == FEW + 1) {
            index = new HashMap<>();
            inOrder.forEach(this::enter);
        } else if (inOrder.size() > FEW) {
            enter(inOrder.get(inOrder.size() - 1));
        }
    }

    int size() {
        return inOrder.size();
    }

    /** @param position from 1 */
    BucketKey key(int position) {
        return inOrder.get(position - 1).key;
    }

    /** KEYS with their number, and of ARGV the kinds and the kind of each key. */
    void addTo(CommandArguments call) {
        call.add(NumberArgument.of(inOrder.size()));
        for (CalledBucket each : inOrder) {
            call.add(each);
        }
        call.add(NumberArgument.of(kinds));
        int told = 0;
        for (CalledBucket each : inOrder) {
            if (each.kind > told) { // the first of its kind
                told = each.kind;
                call.add(NumberArgument.of(each.bucket.capacity()));
                call.add(NumberArgument.of(each.bucket.refillTokens()));
                call.add(NumberArgument.of(each.bucket.refillPeriodMicros()));
            }
        }
        for (CalledBucket each : inOrder) {
            call.add(NumberArgument.of(each.kind));
        }
    }

    /** There are as many kinds as there are policies: one of a kind is soon found. */
    private int kind(TokenBucket bucket) {
        for (CalledBucket each : inOrder) {
            if (each.bucket.equals(bucket)) {
                return each.kind;
            }
        }
        return ++kinds;
    }

    private void enter(CalledBucket bucket) {
        index.put(bucket.key.text(), bucket);
    }
}

package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.commands.ProtocolCommand;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One call of the script: requests into KEYS and ARGV, the reply into decisions. The header of {@code token_bucket.lua}
 * is the contract. Confined to one thread.
 */
final class ScriptCall {

    private static final int FIELDS_PER_CHARGE = 4;
    private static final byte[] ENFORCED = {'1'};
    private static final byte[] MEASURED = {'0'};

    private final List<List<Charge>> requests = new ArrayList<>();
    private final Map<BucketKey, Integer> positions = new HashMap<>();
    private final List<TokenBucket> buckets = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> chargeArguments = new ArrayList<>();

    /**
     * Adds a request, unless it asks for a bucket with other parameters than an earlier request did: a bucket is read
     * once, under one set of parameters.
     *
     * @return whether it was added
     */
    boolean add(List<Charge> request) {
        for (Charge charge : request) {
            Integer position = positions.get(charge.key());
            if (position != null && !buckets.get(position - 1).equals(charge.bucket())) {
                return false;
            }
        }
        chargeArguments.add(bytes(request.size()));
        for (Charge charge : request) {
            chargeArguments.add(bytes(position(charge)));
            chargeArguments.add(bytes(charge.cost()));
            chargeArguments.add(charge.enforced() ? ENFORCED : MEASURED);
        }
        requests.add(request);
        return true;
    }

    /** The call, as a command and what names the script in it: EVALSHA and its digest, or EVAL and its text. */
    CommandArguments with(ProtocolCommand command, byte[] script) {
        CommandArguments call = new CommandArguments(command).add(script).add(keys.size());
        keys.forEach(call::add);
        arguments().forEach(call::add);
        return call;
    }

    List<byte[]> keys() {
        return keys;
    }

    List<byte[]> arguments() {
        List<byte[]> arguments = new ArrayList<>(buckets.size() * 3 + chargeArguments.size());
        for (TokenBucket bucket : buckets) {
            arguments.add(bytes(bucket.capacity()));
            arguments.add(bytes(bucket.refillTokens()));
            arguments.add(bytes(bucket.refillPeriodMicros()));
        }
        arguments.addAll(chargeArguments);
        return arguments;
    }

    /**
     * @param reply of the script, for exactly the requests added
     * @throws IllegalArgumentException if it is not the reply to this call
     */
    ScriptReply read(Object reply) {
        if (!(reply instanceof List<?> values)) {
            throw new IllegalArgumentException("expected an array, was " + reply);
        }
        int position = 1;
        List<ScriptReply.Answer> answers = new ArrayList<>(requests.size());
        for (List<Charge> request : requests) {
            List<Decision> decisions = new ArrayList<>(request.size());
            Set<BucketKey> foreign = new HashSet<>();
            for (Charge charge : request) {
                long outcome = number(values, position);
                long remaining = number(values, position + 1);
                long nextTokenMicros = number(values, position + 2);
                long retryAfterMicros = number(values, position + 3);
                position += FIELDS_PER_CHARGE;
                if (outcome == 1) {
                    decisions.add(new Decision.Permitted(remaining, nextTokenMicros));
                } else if (outcome == 0) {
                    decisions.add(new Decision.Rejected(remaining, nextTokenMicros, retryAfterMicros));
                } else {
                    foreign.add(charge.key());
                }
            }
            answers.add(new ScriptReply.Answer(decisions, foreign));
        }
        Set<BucketKey> damaged = new HashSet<>();
        for (; position < values.size(); position++) {
            long key = number(values, position);
            if (key < 1 || key > keys.size()) {
                throw new IllegalArgumentException("expected a key from 1 to " + keys.size() + ", was " + key);
            }
            damaged.add(new BucketKey(new String(keys.get((int) key - 1), StandardCharsets.US_ASCII)));
        }
        return new ScriptReply(number(values, 0), answers, damaged);
    }

    private int position(Charge charge) {
        return positions.computeIfAbsent(charge.key(), key -> {
            keys.add(key.text().getBytes(StandardCharsets.US_ASCII));
            buckets.add(charge.bucket());
            return keys.size();
        });
    }

    private static long number(List<?> values, int position) {
        if (position < values.size() && values.get(position) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("expected a number at position " + position + " of " + values.size());
    }

    private static byte[] bytes(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
}

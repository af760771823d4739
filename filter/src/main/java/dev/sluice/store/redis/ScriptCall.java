package dev.sluice.store.redis;

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
 *
 * <p>Equal requests are told once, with how many they are, as long as no other request for one of their buckets stands
 * between them: a hundred requests for one hot bucket are then no more work for Redis than one.
 */
final class ScriptCall {

    private static final byte[] ENFORCED = {'1'};
    private static final byte[] MEASURED = {'0'};
    private static final byte[][] SMALL_NUMBERS = smallNumbers();

    /** A key of this call, and the last requests that ask for it. */
    private static final class Entry {
        final int position;
        final TokenBucket bucket;
        Group last;

        Entry(int position, TokenBucket bucket, Group last) {
            this.position = position;
            this.bucket = bucket;
            this.last = last;
        }
    }

    /** Equal requests, one right after the other. */
    private static final class Group {
        final List<Charge> charges;
        int times;

        Group(List<Charge> charges) {
            this.charges = charges;
        }
    }

    private final Map<BucketKey, Entry> entries = new HashMap<>();
    private final List<TokenBucket> kinds = new ArrayList<>(2);
    private final List<BucketKey> keys = new ArrayList<>();
    private final List<byte[]> keyKinds = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Group> requests = new ArrayList<>();

    /**
     * Adds a request, unless it asks for a bucket with other parameters than an earlier request did: a bucket is read
     * once, under one set of parameters.
     *
     * @return whether it was added
     */
    boolean add(List<Charge> request) {
        boolean repeats = true;
        Group former = null;
        for (Charge charge : request) {
            Entry entry = entries.get(charge.key());
            if (entry != null && !entry.bucket.equals(charge.bucket())) {
                return false;
            }
            repeats &= entry != null && (former == null || former == entry.last);
            former = entry == null ? null : entry.last;
        }
        Group group = repeats && former != null && former.charges.equals(request) ? former : open(request);
        group.times++;
        requests.add(group);
        return true;
    }

    /** The call, as a command and what names the script in it: EVALSHA and its digest, or EVAL and its text. */
    CommandArguments with(ProtocolCommand command, byte[] script) {
        CommandArguments call = new CommandArguments(command).add(script).add(bytes(keys.size()));
        keys().forEach(call::add);
        arguments().forEach(call::add);
        return call;
    }

    List<byte[]> keys() {
        List<byte[]> names = new ArrayList<>(keys.size());
        for (BucketKey key : keys) {
            names.add(key.text().getBytes(StandardCharsets.US_ASCII));
        }
        return names;
    }

    List<byte[]> arguments() {
        List<byte[]> arguments = new ArrayList<>(1 + kinds.size() * 3 + keys.size() + groups.size() * 5);
        arguments.add(bytes(kinds.size()));
        for (TokenBucket kind : kinds) {
            arguments.add(bytes(kind.capacity()));
            arguments.add(bytes(kind.refillTokens()));
            arguments.add(bytes(kind.refillPeriodMicros()));
        }
        arguments.addAll(keyKinds);
        for (Group group : groups) {
            arguments.add(bytes(group.times));
            arguments.add(bytes(group.charges.size()));
            for (Charge charge : group.charges) {
                arguments.add(bytes(entries.get(charge.key()).position));
                arguments.add(bytes(charge.cost()));
                arguments.add(charge.enforced() ? ENFORCED : MEASURED);
            }
        }
        return arguments;
    }

    /**
     * @param reply of the script, for exactly the requests added
     * @throws IllegalArgumentException if it is not the reply to this call
     */
    ScriptReply read(Object reply) {
        ReplyNumbers numbers = new ReplyNumbers(reply);
        long nowMicros = numbers.next();
        Map<Group, EqualAnswers> answersOf = new HashMap<>();
        for (Group group : groups) {
            answersOf.put(group, EqualAnswers.read(group.charges, numbers));
        }
        List<ScriptReply.Answer> answers = new ArrayList<>(requests.size());
        for (Group group : requests) {
            answers.add(answersOf.get(group).next());
        }
        Set<BucketKey> damaged = new HashSet<>();
        while (numbers.hasNext()) {
            damaged.add(keys.get(numbers.position(keys.size()) - 1));
        }
        return new ScriptReply(nowMicros, answers, damaged);
    }

    private Group open(List<Charge> request) {
        Group group = new Group(request);
        groups.add(group);
        for (Charge charge : request) {
            Entry entry = entries.get(charge.key());
            if (entry == null) {
                keys.add(charge.key());
                keyKinds.add(bytes(kind(charge.bucket())));
                entries.put(charge.key(), new Entry(keys.size(), charge.bucket(), group));
            } else {
                entry.last = group;
            }
        }
        return group;
    }

    /** There are as many kinds as there are policies: few. */
    private int kind(TokenBucket bucket) {
        int kind = kinds.indexOf(bucket);
        if (kind < 0) {
            kinds.add(bucket);
            return kinds.size();
        }
        return kind + 1;
    }

    private static byte[] bytes(long number) {
        return number >= 0 && number < SMALL_NUMBERS.length
                ? SMALL_NUMBERS[(int) number]
                : Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[][] smallNumbers() {
        byte[][] texts = new byte[1024][];
        for (int number = 0; number < texts.length; number++) {
            texts[number] = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        }
        return texts;
    }
}

package dev.sluice.store.redis;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisNoScriptException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One call of the script: requests into KEYS and ARGV, the reply into decisions. The header of {@code token_bucket.lua}
 * is the contract. Confined to one thread.
 *
 * <p>Equal requests are told once, with how many they are, as long as no other request for one of their buckets stands
 * between them: a hundred requests for one hot bucket are then no more work for Redis than one.
 */
final class ScriptCall implements Call {

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
        final Act act;
        int requests;
        EqualAnswers answers = EqualAnswers.NONE;

        Group(List<Charge> charges, Act act) {
            this.charges = charges;
            this.act = act;
        }

        boolean isFor(List<Charge> others, Act another) {
            return act == another && act != Act.GIVE_BACK && charges.equals(others);
        }

        int times() {
            return act == Act.TAKE ? requests : act == Act.LOOK ? 0 : -1;
        }
    }

    // Sized for a lone request with one or two policies, which is what most calls carry.
    private final Map<String, Entry> entries = new HashMap<>(2);
    private final List<TokenBucket> kinds = new ArrayList<>(1);
    private final List<BucketKey> keys = new ArrayList<>(2);
    private final List<byte[]> keyKinds = new ArrayList<>(2);
    private final List<Group> groups = new ArrayList<>(1);
    private final List<Group> requests = new ArrayList<>(1);

    @Override
    public boolean add(Ticket ticket) {
        return add(ticket.charges(), Act.TAKE);
    }

    /**
     * Adds a request, unless it asks for a bucket with other parameters than an earlier request did: a bucket is read
     * once, under one set of parameters.
     *
     * @return whether it was added
     */
    boolean add(List<Charge> request, Act act) {
        boolean repeats = true;
        Group former = null;
        for (Charge charge : request) {
            Entry entry = entries.get(charge.key().text());
            if (entry != null && !entry.bucket.equals(charge.bucket())) {
                return false;
            }
            repeats &= entry != null && (former == null || former == entry.last);
            former = entry == null ? null : entry.last;
        }
        Group group = repeats && former != null && former.isFor(request, act) ? former : open(request, act);
        group.requests++;
        requests.add(group);
        return true;
    }

    @Override
    public void send(Connection connection) {
        connection.sendCommand(with(Protocol.Command.EVALSHA, TokenBucketScript.SHA1));
    }

    @Override
    public Object receive(Connection connection) {
        try {
            return connection.getOne();
        } catch (JedisNoScriptException unknown) {
            return connection.executeCommand(with(Protocol.Command.EVAL, TokenBucketScript.TEXT));
        }
    }

    /** The call, as a command and what names the script in it: EVALSHA and its digest, or EVAL and its text. */
    CommandArguments with(ProtocolCommand command, byte[] script) {
        CommandArguments call = new CommandArguments(command).add(script).add(bytes(keys.size()));
        for (BucketKey key : keys) {
            call.add(bytes(key));
        }
        eachArgument(call::add);
        return call;
    }

    List<byte[]> keys() {
        return keys.stream().map(ScriptCall::bytes).toList();
    }

    List<byte[]> arguments() {
        List<byte[]> arguments = new ArrayList<>();
        eachArgument(arguments::add);
        return arguments;
    }

    private void eachArgument(Consumer<byte[]> arguments) {
        arguments.accept(bytes(kinds.size()));
        for (TokenBucket kind : kinds) {
            arguments.accept(bytes(kind.capacity()));
            arguments.accept(bytes(kind.refillTokens()));
            arguments.accept(bytes(kind.refillPeriodMicros()));
        }
        keyKinds.forEach(arguments);
        for (Group group : groups) {
            arguments.accept(bytes(group.times()));
            arguments.accept(bytes(group.charges.size()));
            for (Charge charge : group.charges) {
                arguments.accept(bytes(entries.get(charge.key().text()).position));
                arguments.accept(bytes(charge.cost()));
                arguments.accept(charge.enforced() ? ENFORCED : MEASURED);
            }
        }
    }

    @Override
    public ScriptReply read(Object reply) {
        ReplyNumbers numbers = new ReplyNumbers(reply);
        long nowMicros = numbers.next();
        for (Group group : groups) {
            group.answers = EqualAnswers.read(group.charges, numbers);
        }
        List<ScriptReply.Answer> answers = new ArrayList<>(requests.size());
        for (Group group : requests) {
            answers.add(group.answers.next());
        }
        return new ScriptReply(nowMicros, answers, numbers.hasNext() ? damaged(numbers) : Set.of());
    }

    private Set<BucketKey> damaged(ReplyNumbers numbers) {
        Set<BucketKey> damaged = new HashSet<>();
        while (numbers.hasNext()) {
            damaged.add(keys.get(numbers.position(keys.size()) - 1));
        }
        return damaged;
    }

    private Group open(List<Charge> request, Act act) {
        Group group = new Group(request, act);
        groups.add(group);
        for (Charge charge : request) {
            Entry entry = entries.get(charge.key().text());
            if (entry == null) {
                keys.add(charge.key());
                keyKinds.add(bytes(kind(charge.bucket())));
                entries.put(charge.key().text(), new Entry(keys.size(), charge.bucket(), group));
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

    private static byte[] bytes(BucketKey key) {
        return key.text().getBytes(StandardCharsets.US_ASCII);
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

package dev.sluice.store.redis;

import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisNoScriptException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One call of the script: requests into KEYS and ARGV, the reply into decisions. The header of {@code token_bucket.lua}
 * is the contract. Confined to one thread.
 *
 * <p>Equal requests are told once, with how many they are, as long as no other request for one of their buckets stands
 * between them: a hundred requests for one hot bucket are then no more work for Redis than one.
 *
 * <p>Most calls carry a lone request for a bucket or two: what this takes, and no more, is made at first.
 */
final class ScriptCall implements Call {

    private static final NumberArgument ENFORCED = NumberArgument.of(1);
    private static final NumberArgument MEASURED = NumberArgument.of(0);

    private final CalledBuckets buckets = new CalledBuckets();
    private final List<EqualRequests> told = new ArrayList<>(1);
    private final List<EqualRequests> requests = new ArrayList<>(1);

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
        EqualRequests former = null;
        for (Charge charge : request) {
            CalledBucket called = buckets.find(charge.key());
            if (called != null && !called.bucket.equals(charge.bucket())) {
                return false;
            }
            repeats &= called != null && (former == null || former == called.last);
            former = called == null ? null : called.last;
        }
        EqualRequests equal = repeats && former != null && former.areLike(request, act) ? former : open(request, act);
        equal.addOne();
        requests.add(equal);
        return true;
    }

    @Override
    public void send(Connection connection) {
        connection.sendCommand(byDigest());
    }

    @Override
    public Object receive(Connection connection) {
        try {
            return connection.getOne();
        } catch (JedisNoScriptException unknown) {
            return connection.executeCommand(byText(TokenBucketScript.TEXT));
        }
    }

    /** The call of a script that Redis has seen. */
    CommandArguments byDigest() {
        return arguments(new CommandArguments(Protocol.Command.EVALSHA).add(TokenBucketScript.SHA1));
    }

    /** The call with the script itself. */
    CommandArguments byText(byte[] script) {
        return arguments(new CommandArguments(Protocol.Command.EVAL).add(script));
    }

    private CommandArguments arguments(CommandArguments call) {
        buckets.addTo(call);
        for (EqualRequests each : told) {
            call.add(NumberArgument.of(each.times()));
            call.add(NumberArgument.of(each.charges().size()));
            for (Charge charge : each.charges()) {
                call.add(NumberArgument.of(called(charge).position));
                call.add(NumberArgument.of(charge.cost()));
                call.add(charge.enforced() ? ENFORCED : MEASURED);
            }
        }
        return call;
    }

    @Override
    public ScriptReply read(Object reply) {
        ReplyNumbers numbers = new ReplyNumbers(reply);
        long nowMicros = numbers.at(0);
        int end = 1;
        for (EqualRequests each : told) {
            end = each.answeredAt(end);
        }
        List<ScriptReply.Answer> answers = new ArrayList<>(requests.size());
        for (EqualRequests each : requests) {
            answers.add(each.next(numbers));
        }
        return new ScriptReply(nowMicros, answers, damaged(numbers, end));
    }

    private Set<BucketKey> damaged(ReplyNumbers numbers, int from) {
        if (from == numbers.size()) {
            return Set.of();
        }
        Set<BucketKey> damaged = new HashSet<>();
        for (int place = from; place < numbers.size(); place++) {
            damaged.add(buckets.key(numbers.positionAt(place, buckets.size())));
        }
        return damaged;
    }

    private EqualRequests open(List<Charge> request, Act act) {
        EqualRequests opened = new EqualRequests(request, act);
        told.add(opened);
        for (Charge charge : request) {
            CalledBucket called = buckets.find(charge.key());
            if (called == null) {
                buckets.add(charge, opened);
            } else {
                called.last = opened;
            }
        }
        return opened;
    }

    private CalledBucket called(Charge charge) {
        return Objects.requireNonNull(buckets.find(charge.key()));
    }
}

package dev.sluice.store.redis;

import dev.sluice.key.BucketKey;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A call of the script for each slot, since all keys of one must lie in one slot; written in one go and read in one go, so
 * that those who wait for a node share a round trip to it. Confined to one thread.
 */
final class ClusterCall implements Call {

    /** One call of the script. */
    private static final class Part {
        final ScriptCall call = new ScriptCall();
        final boolean asking;

        @Nullable
        Object reply; // of the script, or a Redirect

        Part(boolean asking) {
            this.asking = asking;
        }

        void send(Connection connection, CommandArguments script) {
            if (asking) {
                connection.sendCommand(Protocol.Command.ASKING);
            }
            connection.sendCommand(script);
        }
    }

    private final RedisAddress node;
    private final Map<Integer, Part> shared = new HashMap<>(2);
    private final List<Part> parts = new ArrayList<>(1);
    private final List<Part> partOfRequest = new ArrayList<>(1);

    /** @param node that is asked */
    ClusterCall(RedisAddress node) {
        this.node = node;
    }

    @Override
    public boolean add(Ticket ticket) {
        SlotTicket request = (SlotTicket) ticket;
        Part part = request.alone() ? null : shared.get(request.slot());
        if (part == null) {
            part = new Part(request.asking());
            parts.add(part);
            if (!request.alone()) {
                shared.put(request.slot(), part);
            }
        }
        return part.call.add(request.charges(), request.act()) && partOfRequest.add(part);
    }

    @Override
    public void send(Connection connection) {
        parts.forEach(part -> part.send(connection, part.call.byDigest()));
    }

    /** What is not executed because it is to be asked elsewhere concerns its slot only; any other error concerns all. */
    @Override
    public Object receive(Connection connection) {
        List<Part> unknown = new ArrayList<>();
        List<JedisDataException> errors = new ArrayList<>();
        for (Part part : parts) {
            try {
                part.reply = receive(connection, part);
            } catch (JedisNoScriptException noScript) {
                unknown.add(part);
            } catch (JedisDataException error) {
                errors.add(error);
            }
        }
        unknown.forEach(part -> part.send(connection, part.call.byText(TokenBucketScript.TEXT)));
        for (Part part : unknown) {
            try {
                part.reply = receive(connection, part);
            } catch (JedisDataException error) {
                errors.add(error);
            }
        }
        if (!errors.isEmpty()) {
            throw errors.get(0);
        }
        return parts;
    }

    /** All replies are read, whatever the first of them says: one that stayed behind would be taken for another's. */
    private Object receive(Connection connection, Part part) {
        JedisDataException refused = part.asking ? answerToAsking(connection) : null;
        try {
            Object reply = connection.getOne();
            if (refused == null) {
                return reply;
            }
        } catch (JedisDataException error) {
            Redirect elsewhere = Redirect.of(error, node);
            if (elsewhere == null) {
                throw refused == null ? error : refused;
            }
            return elsewhere;
        }
        throw refused;
    }

    private static @Nullable JedisDataException answerToAsking(Connection connection) {
        try {
            connection.getOne();
            return null;
        } catch (JedisDataException refused) {
            return refused;
        }
    }

    @Override
    public ScriptReply read(Object reply) {
        Map<Part, Iterator<ScriptReply.Answer>> answers = new HashMap<>();
        Set<BucketKey> damaged = new HashSet<>();
        long nowMicros = 0;
        for (Part part : parts) {
            if (!(part.reply instanceof Redirect)) {
                ScriptReply decided = part.call.read(part.reply);
                answers.put(part, decided.answers().iterator());
                damaged.addAll(decided.damaged());
                nowMicros = decided.nowMicros();
            }
        }
        List<ScriptReply.Answer> inOrder = new ArrayList<>(partOfRequest.size());
        for (Part part : partOfRequest) {
            inOrder.add(
                    part.reply instanceof Redirect elsewhere
                            ? elsewhere
                            : answers.get(part).next());
        }
        return new ScriptReply(nowMicros, inOrder, damaged);
    }
}

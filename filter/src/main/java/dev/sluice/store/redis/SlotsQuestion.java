package dev.sluice.store.redis;

import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code CLUSTER SLOTS}: which node holds which slots. Deprecated for {@code CLUSTER SHARDS}, which servers before 7.0 do
 * not know; all know this one. Immutable.
 *
 * @param node that is asked
 */
record SlotsQuestion(RedisAddress node) implements Exchange {

    @Override
    public void send(Connection connection) {
        connection.sendCommand(Protocol.Command.CLUSTER, "SLOTS");
    }

    @Override
    public Object receive(Connection connection) {
        return connection.getOne();
    }

    /**
     * @param reply to the question
     * @throws IllegalArgumentException if it is none
     * @throws JedisDataException if nobody holds a slot
     */
    List<SlotRange> read(Object reply) {
        List<SlotRange> ranges = new ArrayList<>();
        for (Object each : array(reply)) {
            List<?> range = array(each);
            Optional<RedisAddress> master = range.size() < 3 ? Optional.empty() : address(range.get(2));
            master.ifPresent(
                    known -> ranges.add(new SlotRange(number(range, 0), number(range, 1), known, replicas(range))));
        }
        if (ranges.isEmpty()) {
            throw new JedisDataException("no node of the cluster holds a slot");
        }
        return ranges;
    }

    private List<RedisAddress> replicas(List<?> range) {
        return range.stream().skip(3).flatMap(each -> address(each).stream()).toList();
    }

    /** A host that is left out is the one asked; of one that is "?" nothing is known. */
    private Optional<RedisAddress> address(Object reply) {
        List<?> listed = array(reply);
        String host = listed.isEmpty() || !(listed.get(0) instanceof byte[] text)
                ? ""
                : new String(text, StandardCharsets.US_ASCII);
        int port = number(listed, 1);
        return host.equals("?")
                ? Optional.empty()
                : Optional.of(new RedisAddress(host.isEmpty() ? node.host() : host, port));
    }

    private static List<?> array(Object reply) {
        if (reply instanceof List<?> array) {
            return array;
        }
        throw new IllegalArgumentException("expected an array");
    }

    private static int number(List<?> array, int position) {
        if (position < array.size() && array.get(position) instanceof Long number) {
            return Math.toIntExact(number);
        }
        throw new IllegalArgumentException("expected a number at position " + position + " of " + array.size());
    }
}

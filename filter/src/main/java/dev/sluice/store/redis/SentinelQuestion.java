package dev.sluice.store.redis;

import dev.sluice.store.FaultKind;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

import java.util.List;
import java.util.Locale;

/**
 * Which server is the master, and since which failover: the answer is a {@link NamedMaster}. Immutable.
 *
 * <p>Two questions, because {@code SENTINEL MASTER} goes on naming the former address until a failover has ended. The epoch
 * is asked for first: if a failover comes between the two, a new address has an old epoch, which the next answer puts right. The
 * other way round the former master would have the new epoch, and be believed.
 *
 * @param master what the sentinels call it
 */
record SentinelQuestion(String master) implements Exchange {

    private static final String EPOCH = "MASTER";
    private static final String ADDRESS = "GET-MASTER-ADDR-BY-NAME";

    @Override
    public void send(Connection connection) {
        connection.sendCommand(Protocol.Command.SENTINEL, EPOCH, master);
        connection.sendCommand(Protocol.Command.SENTINEL, ADDRESS, master);
    }

    @Override
    public Object receive(Connection connection) {
        long epoch = epochIn(answer(connection, EPOCH));
        List<String> address = answer(connection, ADDRESS);
        if (address.size() != 2) {
            throw unknown();
        }
        return new NamedMaster(new RedisAddress(address.get(0), Integer.parseInt(address.get(1))), epoch);
    }

    private List<String> answer(Connection connection, String subcommand) {
        try {
            return ReplyTexts.of(connection.getOne());
        } catch (JedisDataException refusal) {
            String message = String.valueOf(refusal.getMessage());
            if (message.startsWith("ERR No such master")) {
                throw unknown();
            }
            if (message.startsWith("NOPERM")) { // before 7.0 it does not say which subcommand
                Fault fault = Fault.of(refusal);
                String grant = "; grant +sentinel|" + subcommand.toLowerCase(Locale.ROOT);
                throw new KnownFaultException(new Fault(fault.kind(), fault.reason() + grant));
            }
            throw refusal;
        }
    }

    /** The reply is a list of names and values. */
    static long epochIn(List<String> fields) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).equals("config-epoch")) {
                return Long.parseLong(fields.get(i + 1));
            }
        }
        throw new IllegalArgumentException("expected a config-epoch");
    }

    private KnownFaultException unknown() {
        return new KnownFaultException(
                new Fault(FaultKind.MISCONFIGURED, "it knows no master " + master + ": see redis.master"));
    }
}

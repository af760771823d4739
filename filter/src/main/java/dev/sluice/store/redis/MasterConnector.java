package dev.sluice.store.redis;

import dev.sluice.store.FaultKind;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Connects lines to the master that the sentinels name at that moment. They are asked anew for each line: lines are few and
 * live long, and after a failover all of them are new. Who is no master any more refuses to write, and that is found out
 * by the question that each new line is asked. Confined to the keeper's thread.
 */
final class MasterConnector implements Connector {

    private final Topology.Sentinels topology;
    private final Connectors toSentinels;
    private final Connectors toRedis;
    private final Deque<RedisAddress> sentinels; // the one that told the truth last comes first
    private Optional<RedisAddress> master = Optional.empty();

    MasterConnector(Topology.Sentinels topology, Connectors toSentinels, Connectors toRedis) {
        this.topology = topology;
        this.toSentinels = toSentinels;
        this.toRedis = toRedis;
        this.sentinels = new ArrayDeque<>(topology.sentinels());
    }

    @Override
    public void connect(Line line) {
        RedisAddress named = named(line);
        try {
            toRedis.to(named, topology.database()).connect(line);
        } catch (JedisException failure) {
            passOver(); // the sentinel may be behind the times
            throw new KnownFaultException(Fault.of(failure).at("master " + named));
        }
        if (!master.equals(Optional.of(named))) {
            master.ifPresent(former -> tellOfChange(former, named));
            master = Optional.of(named);
        }
    }

    @Override
    public boolean hasMoved(Line scratch) {
        try {
            return master.isPresent() && !master.equals(Optional.of(named(scratch)));
        } catch (JedisException noAnswer) {
            return false; // the lines there are do their work
        }
    }

    @Override
    public boolean mayMove() {
        return true;
    }

    /** Asks one sentinel after the other. If none answers, the master may well be where it was. */
    private RedisAddress named(Line line) {
        Optional<JedisException> failure = Optional.empty();
        for (int i = 0; i < topology.sentinels().size() && !line.wasCut(); i++) {
            RedisAddress sentinel = sentinels.getFirst();
            try {
                return askedOf(sentinel, line);
            } catch (JedisException noAnswer) {
                passOver();
                failure = Optional.of(new KnownFaultException(faultOf(noAnswer).at("sentinel " + sentinel)));
            }
        }
        if (master.isPresent() && !line.wasCut()) {
            return master.get();
        }
        throw failure.orElseGet(() -> new KnownFaultException(Fault.LATE));
    }

    private RedisAddress askedOf(RedisAddress sentinel, Line line) {
        toSentinels.to(sentinel, 0).connect(line);
        CommandArguments question = new CommandArguments(Protocol.Command.SENTINEL)
                .add("GET-MASTER-ADDR-BY-NAME")
                .add(topology.master());
        Object reply =
                line.ask(question, System.nanoTime() + toSentinels.deadline().toNanos());
        List<String> address = ReplyTexts.of(reply);
        if (address.size() != 2) {
            throw new KnownFaultException(new Fault(
                    FaultKind.MISCONFIGURED, "it knows no master " + topology.master() + ": see redis.master"));
        }
        try {
            return new RedisAddress(address.get(0), Integer.parseInt(address.get(1)));
        } catch (IllegalArgumentException garbage) {
            throw new KnownFaultException(Fault.of(garbage));
        }
    }

    /** The next one is asked first from now on. */
    private void passOver() {
        sentinels.addLast(sentinels.removeFirst());
    }

    /** A sentinel has options of its own; and a server that is none knows no such command. */
    private static Fault faultOf(JedisException failure) {
        Fault fault = Fault.of(failure);
        boolean noSentinel = failure instanceof JedisDataException && fault.kind() == FaultKind.REFUSED;
        return new Fault(
                noSentinel ? FaultKind.MISCONFIGURED : fault.kind(),
                (noSentinel ? "it is no sentinel: " : "")
                        + fault.reason()
                                .replace("redis.username", "redis.sentinel.username")
                                .replace("redis.password", "redis.sentinel.password"));
    }

    private void tellOfChange(RedisAddress former, RedisAddress now) {
        System.getLogger("dev.sluice")
                .log(Level.INFO, "Redis at {0}: the master is {1}, no longer {2}", topology.name(), now, former);
    }
}

package dev.sluice.store.redis;

import redis.clients.jedis.exceptions.JedisException;

import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Connects lines to the master that the sentinels name at that moment. They are asked anew for each line: lines are few and
 * live long, and after a failover all of them are new. Who is no master any more refuses to write, and that is found out
 * by the question that each new line is asked.
 *
 * <p>But a former master that hung through the failover, or was cut off from the sentinels, goes on writing, and a sentinel that
 * lags goes on naming it. So the last failover that was heard of counts: nobody is followed back to an earlier one.
 * Confined to the keeper's thread.
 */
final class MasterConnector implements Connector {

    /**
     * Sentinels that were set up anew count from 0, and then what we know is not the last word but of another world. It is
     * given up when a majority has not known it for that long: longer than the eight seconds in which a sentinel waits for
     * others to know better, before it turns a master into the replica that it takes it for.
     */
    private static final long GIVEN_UP_AFTER_NANOS = 10_000_000_000L;

    private final Topology.Sentinels topology;
    private final SentinelPoll poll;
    private final Connectors toRedis;
    private Optional<NamedMaster> followed = Optional.empty();
    private Optional<RedisAddress> ledTo = Optional.empty(); // where the last line was connected to
    private long giveUpNanos;

    MasterConnector(Topology.Sentinels topology, Connectors toSentinels, Connectors toRedis) {
        this.topology = topology;
        this.poll = new SentinelPoll(topology, toSentinels);
        this.toRedis = toRedis;
    }

    @Override
    public boolean connect(Line line) {
        RedisAddress master = master(line);
        try {
            toRedis.to(master, topology.database()).connect(line);
        } catch (JedisException failure) {
            poll.passOver(); // the sentinel may be behind the times
            throw new KnownFaultException(Fault.of(failure).at("master " + master));
        }
        boolean moved = ledTo.isPresent() && !ledTo.get().equals(master);
        ledTo = Optional.of(master);
        return moved;
    }

    @Override
    public boolean hasMoved(Line scratch) {
        return ledTo.isPresent() && !ledTo.get().equals(master(scratch));
    }

    @Override
    public boolean mayMove() {
        return true;
    }

    private RedisAddress master(Line line) {
        List<NamedMaster> named;
        try {
            named = poll.ask(line, followed);
        } catch (JedisException noAnswer) {
            named = List.of(followed.orElseThrow(() -> noAnswer)); // it may well be where it was
        }
        NamedMaster last = Collections.max(named, Comparator.comparingLong(NamedMaster::epoch));
        if (followed.isEmpty() || last.epoch() > followed.get().epoch() || isLongUnknown(followed.get(), named)) {
            follow(last);
        }
        return followed.orElse(last).address();
    }

    private boolean isLongUnknown(NamedMaster master, List<NamedMaster> named) {
        long now = System.nanoTime();
        if (SentinelPoll.knows(named, master) || !poll.isMajority(named)) {
            giveUpNanos = now + GIVEN_UP_AFTER_NANOS;
        }
        return now - giveUpNanos > 0;
    }

    private void follow(NamedMaster now) {
        followed.map(NamedMaster::address)
                .filter(former -> !former.equals(now.address()))
                .ifPresent(former -> tellOfChange(former, now.address()));
        followed = Optional.of(now);
        giveUpNanos = System.nanoTime() + GIVEN_UP_AFTER_NANOS;
    }

    private void tellOfChange(RedisAddress former, RedisAddress now) {
        System.getLogger("dev.sluice")
                .log(Level.INFO, "Redis at {0}: the master is {1}, no longer {2}", topology.name(), now, former);
    }
}

package dev.sluice.store.redis;

import dev.sluice.store.FaultKind;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks one sentinel after the other which server is the master. Confined to the keeper's thread. */
final class SentinelPoll {

    private final Topology.Sentinels topology;
    private final Connectors connectors;
    private final List<RedisAddress> sentinels; // who did not answer comes last

    SentinelPoll(Topology.Sentinels topology, Connectors connectors) {
        this.topology = topology;
        this.connectors = connectors;
        this.sentinels = new ArrayList<>(topology.sentinels());
    }

    /**
     * Asks until a majority has answered, one of which knows at least what is known already; or all, if need be. So one that
     * lags does not have the only word, and one that is dead costs time only once.
     *
     * @return what those say who have answered, at least one
     * @throws JedisException if none answers
     */
    List<NamedMaster> ask(Line line, Optional<NamedMaster> known) {
        List<NamedMaster> answers = new ArrayList<>();
        Fault fault = Fault.LATE;
        for (RedisAddress sentinel : List.copyOf(sentinels)) {
            boolean said = isMajority(answers)
                    && known.map(master -> knows(answers, master)).orElse(true);
            if (said || line.wasCut()) {
                break;
            }
            try {
                answers.add(answerOf(sentinel, line));
            } catch (JedisException noAnswer) {
                passOver(sentinel);
                fault = fault.unlessConfigured(faultOf(noAnswer).at("sentinel " + sentinel));
            }
        }
        if (answers.isEmpty()) {
            throw new KnownFaultException(fault);
        }
        return answers;
    }

    /** Whether so many of the sentinels that we were told of have answered. */
    boolean isMajority(List<NamedMaster> answers) {
        return answers.size() > topology.sentinels().size() / 2;
    }

    /** What was said first was of no use: others are asked first from now on. */
    void passOver() {
        passOver(sentinels.get(0));
    }

    private void passOver(RedisAddress sentinel) {
        sentinels.remove(sentinel);
        sentinels.add(sentinel);
    }

    private NamedMaster answerOf(RedisAddress sentinel, Line line) {
        connectors.to(sentinel, 0).connect(line);
        SentinelQuestion question = new SentinelQuestion(topology.master());
        return (NamedMaster) line.evaluate(
                question, System.nanoTime() + connectors.deadline().toNanos());
    }

    /** Whether anybody does who has answered. */
    static boolean knows(List<NamedMaster> answers, NamedMaster master) {
        return answers.stream().anyMatch(answer -> answer.isAtLeast(master));
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
}

package dev.sluice.testing;

import org.awaitility.Awaitility;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A master, a replica and three sentinels that agree on a failover within about three seconds, all real processes. Safe
 * for use by many threads.
 */
public final class SentinelSet implements AutoCloseable {

    /** What the sentinels call the master. */
    public static final String MASTER = "mymaster";

    private static final Duration SET_UP_AT_MOST = Duration.ofSeconds(40);
    private static final String TALKING = "sentinel";
    private static final String LAGGING = "laggard";

    private static final List<String> SERVER = List.of(
            "repl-diskless-sync-delay 0",
            "user " + TALKING + " on >secret allkeys allchannels +@all",
            "user " + LAGGING + " on >secret -@all +ping +info");

    private final RedisServer master;
    private final RedisServer replica;
    private final List<RedisServer> sentinels = new ArrayList<>();

    private SentinelSet() {
        master = RedisServer.start(SERVER);
        replica = RedisServer.start(
                Stream.concat(SERVER.stream(), Stream.of("replicaof " + Loopback.HOST + " " + master.port()))
                        .toList());
    }

    /** When the replica has what the master has, and each sentinel knows all others. */
    public static SentinelSet start() {
        SentinelSet set = new SentinelSet();
        try {
            for (int i = 0; i < 3; i++) {
                set.sentinels.add(sentinel(set.master, userIs(TALKING)));
            }
            set.awaitAgreement();
            return set;
        } catch (RuntimeException | Error failed) {
            set.close();
            throw failed;
        }
    }

    /** One that watches a master. */
    public static RedisServer sentinel(RedisServer master, String... more) {
        List<String> lines = new ArrayList<>(List.of(more));
        lines.add("sentinel monitor " + MASTER + " " + master.address().replace(':', ' ') + " 2");
        lines.add("sentinel down-after-milliseconds " + MASTER + " 1000");
        lines.add("sentinel failover-timeout " + MASTER + " 5000");
        return RedisServer.start(lines, "--sentinel");
    }

    /** The one that is the master at first. */
    public RedisServer master() {
        return master;
    }

    /** The one that is its replica at first. */
    public RedisServer replica() {
        return replica;
    }

    public List<RedisServer> sentinels() {
        return sentinels;
    }

    /** As one writes {@code redis.address}. */
    public String addresses() {
        return sentinels.stream().map(RedisServer::address).collect(Collectors.joining(","));
    }

    /** What an operator types to have a failover. */
    public void failOver() {
        ask(sentinels.get(0), jedis -> jedis.sentinelFailover(MASTER));
    }

    /**
     * One more that watches the master, but may not talk with the others: it never learns of a failover. For the caller to
     * close.
     */
    public RedisServer laggard() {
        return sentinel(master, userIs(LAGGING));
    }

    /** The first master is no longer heard by any sentinel but the {@link #laggard}, and goes on all the same. */
    public void isolate() {
        command(master, Protocol.Command.ACL, "SETUSER", TALKING, "-@all");
    }

    public void endIsolation() {
        command(master, Protocol.Command.ACL, "SETUSER", TALKING, "+@all");
    }

    /** The laggard may talk with the others from now on. */
    public void admitLaggard() {
        for (RedisServer server : List.of(master, replica)) {
            command(server, Protocol.Command.ACL, "SETUSER", LAGGING, "allkeys", "allchannels", "+@all");
        }
    }

    /** What an operator does who sets all sentinels up anew, for another master: they count from 0 again. */
    public void monitorAnew(RedisServer other) {
        sentinels.forEach(sentinel -> ask(sentinel, jedis -> jedis.sentinelRemove(MASTER)));
        sentinels.forEach(
                sentinel -> ask(sentinel, jedis -> jedis.sentinelMonitor(MASTER, Loopback.HOST, other.port(), 2)));
    }

    /** {@code master} or {@code slave}; empty while it does not answer. */
    public static String roleOf(RedisServer server) {
        String replication = server.client().info("replication");
        return replication.contains("role:master") ? "master" : "slave";
    }

    private void awaitAgreement() {
        Awaitility.await()
                .atMost(SET_UP_AT_MOST)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> replica.client().info("replication").contains("master_link_status:up")
                        && sentinels.stream().allMatch(SentinelSet::knowsAll));
    }

    private static boolean knowsAll(RedisServer sentinel) {
        Map<String, String> view = ask(sentinel, jedis -> jedis.sentinelMaster(MASTER));
        return view.get("num-slaves").equals("1")
                && view.get("num-other-sentinels").equals("2");
    }

    private static String[] userIs(String name) {
        return new String[] {"sentinel auth-user " + MASTER + " " + name, "sentinel auth-pass " + MASTER + " secret"};
    }

    private static void command(RedisServer server, Protocol.Command command, String... words) {
        server.client().executeCommand(new CommandArguments(command).addObjects((Object[]) words));
    }

    private static <T> T ask(RedisServer sentinel, Function<Jedis, T> question) {
        try (Jedis jedis = new Jedis(Loopback.HOST, sentinel.port())) {
            return question.apply(jedis);
        }
    }

    @Override
    public void close() {
        sentinels.forEach(RedisServer::close);
        replica.close();
        master.close();
    }
}

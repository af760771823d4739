package dev.sluice.testing;

import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A master, a replica and three sentinels that agree on a failover within about three seconds, all real processes. Safe
 * for use by many threads.
 */
public final class SentinelSet implements AutoCloseable {

    /** What the sentinels call the master. */
    public static final String MASTER = "mymaster";

    private static final Duration SET_UP_AT_MOST = Duration.ofSeconds(40);

    private final RedisServer master;
    private final RedisServer replica;
    private final List<RedisServer> sentinels = new ArrayList<>();

    private SentinelSet() {
        master = RedisServer.start("repl-diskless-sync-delay 0");
        replica = RedisServer.start("repl-diskless-sync-delay 0", "replicaof " + Loopback.HOST + " " + master.port());
    }

    /** When the replica has what the master has, and each sentinel knows all others. */
    public static SentinelSet start() {
        SentinelSet set = new SentinelSet();
        try {
            for (int i = 0; i < 3; i++) {
                set.sentinels.add(sentinel(set.master));
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
        try (Jedis sentinel = new Jedis(Loopback.HOST, sentinels.get(0).port())) {
            sentinel.sentinelFailover(MASTER);
        }
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
        try (Jedis jedis = new Jedis(Loopback.HOST, sentinel.port())) {
            Map<String, String> view = jedis.sentinelMaster(MASTER);
            return view.get("num-slaves").equals("1")
                    && view.get("num-other-sentinels").equals("2");
        }
    }

    @Override
    public void close() {
        sentinels.forEach(RedisServer::close);
        replica.close();
        master.close();
    }
}

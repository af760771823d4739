package dev.sluice.testing;

import org.awaitility.Awaitility;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real Redis Cluster that a test starts, owns and stops: three masters, which hold a third of the slots each, and a replica
 * of each. Safe for use by many threads.
 *
 * <pre>{@code
 * try (RedisCluster cluster = RedisCluster.start()) {
 *     cluster.masterOf("rate_limit:203.0.113.7").kill();
 * }
 * }</pre>
 */
public final class RedisCluster implements AutoCloseable {

    /** What a master may miss before the others agree that it has failed. */
    public static final Duration NODE_TIMEOUT = Duration.ofMillis(1_500);

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final Duration FORMED_AT_MOST = Duration.ofSeconds(30);

    private final List<RedisServer> servers = new ArrayList<>();
    private final int masters;

    private RedisCluster(int masters) {
        this.masters = masters;
    }

    /** @param lines of {@code redis.conf}; they come after those that every node of a test has, and so win */
    public static RedisCluster start(String... lines) {
        return start(() -> List.of(lines));
    }

    /** @param lines asked for once for each node */
    public static RedisCluster start(Supplier<List<String>> lines) {
        RedisCluster cluster = new RedisCluster(MASTERS);
        try {
            for (int i = 0; i < 2 * MASTERS; i++) {
                List<String> configuration = new ArrayList<>(List.of(
                        "cluster-enabled yes",
                        "cluster-config-file nodes.conf",
                        "cluster-node-timeout " + NODE_TIMEOUT.toMillis(),
                        "cluster-replica-validity-factor 0",
                        "repl-diskless-sync-delay 0"));
                configuration.addAll(lines.get());
                cluster.servers.add(RedisServer.start(Loopback::freePortOfNode, configuration, List.of()));
            }
            cluster.form();
            return cluster;
        } catch (RuntimeException | Error failed) {
            cluster.close();
            throw failed;
        }
    }

    /** All nodes, masters first, as they were at the start. */
    public List<RedisServer> servers() {
        return List.copyOf(servers);
    }

    /** Whoever holds the slot of this key now, as a node that is well tells it. */
    public RedisServer masterOf(String key) {
        return masterOf(slotOf(key));
    }

    public RedisServer masterOf(int slot) {
        for (Object each : (List<?>) anyone().client().executeCommand(cluster("SLOTS"))) {
            List<?> range = (List<?>) each;
            if ((Long) range.get(0) <= slot && slot <= (Long) range.get(1)) {
                return at(Math.toIntExact((Long) ((List<?>) range.get(2)).get(1)));
            }
        }
        throw new IllegalStateException("nobody holds slot " + slot);
    }

    /** Whether this node calls itself a master. */
    public static boolean isMaster(RedisServer server) {
        return info(server, "replication").contains("role:master");
    }

    /** A value of a key, wherever it lies. */
    public String get(String key, String field) {
        return masterOf(key).client().hget(key, field);
    }

    public static int slotOf(String key) {
        return JedisClusterCRC16.getSlot(key);
    }

    /** Begins to move a slot: from now on keys of it that {@code from} does not hold belong to {@code to}. */
    public void beginToMove(int slot, RedisServer from, RedisServer to) {
        run(to, "SETSLOT", "" + slot, "IMPORTING", id(from));
        run(from, "SETSLOT", "" + slot, "MIGRATING", id(to));
    }

    /** Moves the keys that the slot holds at this moment. */
    public void moveKeys(int slot, RedisServer from, RedisServer to) {
        List<?> keys = (List<?>) from.client().executeCommand(cluster("GETKEYSINSLOT", "" + slot, "1000"));
        for (Object key : keys) {
            from.client()
                    .executeCommand(new CommandArguments(Protocol.Command.MIGRATE)
                            .add(Loopback.HOST)
                            .add(to.port())
                            .add(key)
                            .add(0)
                            .add(5_000));
        }
    }

    /** The slot is moved: the cluster is told who holds it. */
    public void endMove(int slot, RedisServer from, RedisServer to) {
        String id = id(to);
        run(to, "SETSLOT", "" + slot, "NODE", id);
        run(from, "SETSLOT", "" + slot, "NODE", id);
    }

    /** Waits until every node that runs says that all slots are served. */
    public void awaitWell() {
        await(() -> servers.stream()
                .filter(RedisServer::isRunning)
                .allMatch(server -> reply(server, "INFO").contains("cluster_state:ok")));
    }

    /** Waits until all replicas follow their masters: only then can they take over. */
    public void awaitReplicas() {
        await(() -> servers.stream()
                .filter(RedisServer::isRunning)
                .allMatch(server ->
                        isMaster(server) || info(server, "replication").contains("master_link_status:up")));
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
    }

    private void form() {
        for (int i = 0; i < servers.size(); i++) {
            run(servers.get(i), "SET-CONFIG-EPOCH", "" + (i + 1));
        }
        for (int i = 0; i < masters; i++) {
            int first = SLOTS * i / masters;
            int last = SLOTS * (i + 1) / masters;
            run(
                    servers.get(i),
                    Stream.concat(
                                    Stream.of("ADDSLOTS"),
                                    IntStream.range(first, last).mapToObj(Integer::toString))
                            .toArray(String[]::new));
        }
        for (RedisServer server : servers.subList(1, servers.size())) {
            run(servers.get(0), "MEET", Loopback.HOST, "" + server.port());
        }
        await(() -> servers.stream()
                .allMatch(server -> reply(server, "NODES")
                                        .lines()
                                        .filter(line -> line.contains(" connected"))
                                        .count()
                                == servers.size()
                        && !reply(server, "NODES").contains("handshake")));
        for (int i = 0; i < masters; i++) {
            RedisServer replica = servers.get(masters + i);
            String master = id(servers.get(i));
            await(() -> "OK".equals(reply(replica, "REPLICATE", master)));
        }
        awaitWell();
        awaitReplicas();
        await(() -> servers.stream()
                .allMatch(server -> reply(server, "NODES")
                                .lines()
                                .filter(line -> line.contains("slave "))
                                .count()
                        == masters));
    }

    private RedisServer anyone() {
        return servers.stream()
                .filter(RedisServer::isRunning)
                .filter(RedisCluster::isMaster)
                .findFirst()
                .orElseThrow();
    }

    private RedisServer at(int port) {
        return servers.stream()
                .filter(server -> server.listensOn(port))
                .findFirst()
                .orElseThrow();
    }

    private static String id(RedisServer server) {
        return reply(server, "MYID");
    }

    private static void run(RedisServer server, String... arguments) {
        String reply = reply(server, arguments);
        if (!reply.equals("OK")) {
            throw new IllegalStateException("CLUSTER " + arguments[0] + ": " + reply);
        }
    }

    private static String info(RedisServer server, String section) {
        return text(server.client().executeCommand(new CommandArguments(Protocol.Command.INFO).add(section)));
    }

    private static String reply(RedisServer server, String... arguments) {
        return text(server.client().executeCommand(cluster(arguments)));
    }

    private static CommandArguments cluster(String... arguments) {
        return new CommandArguments(Protocol.Command.CLUSTER).addObjects((Object[]) arguments);
    }

    private static String text(Object reply) {
        return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(reply);
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(FORMED_AT_MOST)
                .ignoreException(JedisException.class)
                .until(condition);
    }
}

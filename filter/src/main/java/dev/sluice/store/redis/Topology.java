package dev.sluice.store.redis;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stands behind the addresses: one server, a cluster, or sentinels that know the master. Immutable. */
public sealed interface Topology {

    /** What a log calls it: {@code redis.internal:6379}. Shows no secret. */
    String name();

    /**
     * One server.
     *
     * @param address where it listens
     * @param database the number given to {@code SELECT}, at least 0
     */
    record Standalone(RedisAddress address, int database) implements Topology {

        public Standalone {
            checkDatabase(database);
        }

        @Override
        public String name() {
            return address.toString();
        }

        /** {@code redis.internal:6379/2}. */
        @Override
        public String toString() {
            return address + "/" + database;
        }

        // Written out: the generated one would keep the application's class loader alive (JDK 17, ObjectMethods).
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Standalone that && address.equals(that.address) && database == that.database;
        }

        @Override
        public int hashCode() {
            return address.hashCode();
        }
    }

    /**
     * A Redis Cluster, which has only database 0.
     *
     * @param nodes some of them, at least one: they tell the others
     */
    record Cluster(List<RedisAddress> nodes) implements Topology {

        public Cluster {
            nodes = copyOfSome(nodes);
        }

        @Override
        public String name() {
            return joined(nodes);
        }

        @Override
        public String toString() {
            return joined(nodes);
        }

        // Written out, as above.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Cluster that && nodes.equals(that.nodes);
        }

        @Override
        public int hashCode() {
            return nodes.hashCode();
        }
    }

    /**
     * A master with replicas, found through its sentinels.
     *
     * @param sentinels at least one
     * @param master what the sentinels call it
     * @param database of the master, at least 0
     * @param credentials for the sentinels, which may be others than those for the master
     * @param tls whether connections to the sentinels are encrypted
     */
    record Sentinels(
            List<RedisAddress> sentinels, String master, int database, Optional<Credentials> credentials, boolean tls)
            implements Topology {

        /** The port of a sentinel where none is said. */
        public static final int DEFAULT_PORT = 26379;

        public Sentinels {
            sentinels = copyOfSome(sentinels);
            checkDatabase(database);
            if (master.isBlank()) {
                throw new IllegalArgumentException("master must not be blank");
            }
        }

        @Override
        public String name() {
            return master + " of sentinels " + joined(sentinels);
        }

        /** {@code sentinel-1:26379,sentinel-2:26379/0#mymaster}. */
        @Override
        public String toString() {
            return joined(sentinels) + "/" + database + "#" + master;
        }

        // Written out, as above.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Sentinels that
                    && sentinels.equals(that.sentinels)
                    && master.equals(that.master)
                    && database == that.database
                    && credentials.equals(that.credentials)
                    && tls == that.tls;
        }

        @Override
        public int hashCode() {
            return sentinels.hashCode() * 31 + master.hashCode();
        }
    }

    private static void checkDatabase(int database) {
        if (database < 0) {
            throw new IllegalArgumentException("database must be at least 0, was " + database);
        }
    }

    private static List<RedisAddress> copyOfSome(List<RedisAddress> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one address");
        }
        return List.copyOf(addresses);
    }

    private static String joined(List<RedisAddress> addresses) {
        return addresses.stream().map(RedisAddress::toString).collect(Collectors.joining(","));
    }
}

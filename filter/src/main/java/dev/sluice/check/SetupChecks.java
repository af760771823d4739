package dev.sluice.check;

import dev.sluice.store.redis.RedisAddress;

/** What {@code INFO} tells of how Redis is set up. Confined to one thread. */
record SetupChecks(Findings findings, Printout printout, RedisAddress address) {

    private static final double MOST = 0.9;

    /**
     * @param cluster whether it should be a node of a cluster
     * @return whether there is any use in asking on
     */
    boolean examine(ServerInfo info, boolean cluster) {
        printout.row("version", info.version() + ", " + role(info));
        printout.row("memory", memory(info));
        printout.row("connections", info.number("connected_clients") + " of " + info.number("maxclients"));
        printout.row("persistence", persistence(info));
        if (info.isSentinel()) {
            add(Code.SENTINEL, "is a sentinel");
            return false;
        }
        boolean misplaced = info.says("cluster_enabled", "1") && !cluster;
        if (misplaced) {
            add(Code.CLUSTER_NODE, "is a node of a cluster (cluster_enabled:1)");
        }
        if (info.isTooOld()) {
            add(Code.TOO_OLD, "is " + info.version() + ", expected " + ServerInfo.OLDEST + " or newer");
        }
        if (info.says("loading", "1")) {
            add(Code.LOADING, "is loading its data");
        }
        if (info.says("role", "slave")) {
            add(
                    Code.REPLICA,
                    "is a replica; its master is " + info.text("master_host").orElse("?") + ":"
                            + info.text("master_port").orElse("?"));
        }
        examineMemory(info);
        if (info.number("maxclients") > 0 && info.number("connected_clients") > MOST * info.number("maxclients")) {
            add(
                    Code.CLIENTS_SHORT,
                    "has " + info.number("connected_clients") + " of " + info.number("maxclients") + " connections");
        }
        return !(misplaced || info.says("loading", "1") || info.says("role", "slave"));
    }

    private void examineMemory(ServerInfo info) {
        info.text("maxmemory_policy")
                .filter(policy -> !policy.equals("noeviction"))
                .ifPresent(policy -> add(
                        Code.EVICTS,
                        "has maxmemory-policy " + policy
                                + (info.number("maxmemory") == 0 ? " (but no maxmemory yet)" : "")));
        long most = info.number("maxmemory");
        if (most > 0 && info.number("used_memory") > MOST * most) {
            add(Code.MEMORY_SHORT, "uses " + info.number("used_memory") + " of " + most + " bytes");
        }
    }

    private static String role(ServerInfo info) {
        String role = info.says("role", "slave") ? "replica" : info.text("role").orElse("role unknown");
        return role + (info.says("cluster_enabled", "1") ? " of a cluster" : "");
    }

    private static String memory(ServerInfo info) {
        String most = info.number("maxmemory") == 0
                ? "no maxmemory"
                : "maxmemory " + info.text("maxmemory_human").orElse("?");
        return info.text("used_memory_human").orElse("?") + " used, " + most + ", "
                + info.text("maxmemory_policy").orElse("policy unknown");
    }

    private static String persistence(ServerInfo info) {
        String file = info.says("aof_enabled", "1") ? "append-only file" : "no append-only file";
        return file + ", " + info.number("connected_slaves") + " replicas; buckets need neither";
    }

    private void add(Code code, String what) {
        findings.add(code, "Redis at " + address + " " + what);
    }
}

package dev.sluice.bench;

import dev.sluice.testing.RedisServer;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What Redis has spent since it started, by its own count.
 *
 * @param cpuMicros of its main thread, in user and system mode: scripts, parsing, sockets
 * @param scriptMicros in EVALSHA and EVAL, with all the commands inside
 * @param scriptCalls of EVALSHA and EVAL
 * @param bytes received and sent
 */
record RedisCost(double cpuMicros, double scriptMicros, double scriptCalls, double bytes) {

    static RedisCost of(RedisServer server) {
        Map<String, String> info = Function.<String>identity()
                .andThen(String::lines)
                .apply(server.client().info("everything"))
                .filter(line -> line.contains(":"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1),
                        (former, later) -> later));
        return new RedisCost(
                1e6 * (number(info, "used_cpu_user_main_thread") + number(info, "used_cpu_sys_main_thread")),
                ofCommand(info, "evalsha", "usec") + ofCommand(info, "eval", "usec"),
                ofCommand(info, "evalsha", "calls") + ofCommand(info, "eval", "calls"),
                number(info, "total_net_input_bytes") + number(info, "total_net_output_bytes"));
    }

    RedisCost since(RedisCost before) {
        return new RedisCost(
                cpuMicros - before.cpuMicros,
                scriptMicros - before.scriptMicros,
                scriptCalls - before.scriptCalls,
                bytes - before.bytes);
    }

    RedisCost per(long decisions) {
        double share = 1.0 / Math.max(1, decisions);
        return new RedisCost(cpuMicros * share, scriptMicros * share, scriptCalls * share, bytes * share);
    }

    private static double number(Map<String, String> info, String name) {
        return Double.parseDouble(info.getOrDefault(name, "0"));
    }

    /** One field of a line such as {@code cmdstat_eval:calls=1,usec=66,usec_per_call=66.00}. */
    private static double ofCommand(Map<String, String> info, String command, String field) {
        for (String entry : info.getOrDefault("cmdstat_" + command, "").split(",")) {
            if (entry.startsWith(field + "=")) {
                return Double.parseDouble(entry.substring(field.length() + 1));
            }
        }
        return 0;
    }
}

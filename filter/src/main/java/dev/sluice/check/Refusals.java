package dev.sluice.check;

import java.util.LinkedHashMap;
import java.util.Map;

/** What Redis says when it refuses, and the code for it. */
final class Refusals {

    private static final Map<String, Code> BY_BEGINNING = new LinkedHashMap<>();

    static {
        BY_BEGINNING.put("NOAUTH", Code.PASSWORD_NEEDED);
        BY_BEGINNING.put("WRONGPASS", Code.WRONG_PASSWORD);
        BY_BEGINNING.put("ERR invalid password", Code.WRONG_PASSWORD);
        BY_BEGINNING.put("ERR AUTH", Code.PASSWORD_IN_VAIN);
        BY_BEGINNING.put("ERR Client sent AUTH", Code.PASSWORD_IN_VAIN);
        BY_BEGINNING.put("ERR invalid DB index", Code.NO_SUCH_DATABASE);
        BY_BEGINNING.put("ERR DB index", Code.NO_SUCH_DATABASE);
        BY_BEGINNING.put("ERR SELECT is not allowed in cluster mode", Code.CLUSTER_NODE);
        BY_BEGINNING.put("ERR max number of clients", Code.MAXCLIENTS);
        BY_BEGINNING.put("DENIED", Code.PROTECTED);
        BY_BEGINNING.put("MOVED", Code.CLUSTER_NODE);
        BY_BEGINNING.put("ASK", Code.CLUSTER_NODE);
        BY_BEGINNING.put("CROSSSLOT", Code.CLUSTER_NODE);
        BY_BEGINNING.put("ERR This instance has cluster support disabled", Code.NO_CLUSTER);
        BY_BEGINNING.put("ERR unknown command", Code.COMMAND_UNKNOWN);
        BY_BEGINNING.put("CLUSTERDOWN", Code.CLUSTER_DOWN);
        BY_BEGINNING.put("TRYAGAIN", Code.CLUSTER_DOWN);
        BY_BEGINNING.put("READONLY", Code.REPLICA);
        BY_BEGINNING.put("MASTERDOWN", Code.REPLICA);
        BY_BEGINNING.put("LOADING", Code.LOADING);
        BY_BEGINNING.put("OOM", Code.OUT_OF_MEMORY);
        BY_BEGINNING.put("MISCONF", Code.CANNOT_SAVE);
        BY_BEGINNING.put("NOREPLICAS", Code.TOO_FEW_REPLICAS);
        BY_BEGINNING.put("BUSY", Code.BUSY);
    }

    private Refusals() {}

    /** What a refusal means; for a permission that is missing, whether it is one for keys. */
    static Code codeOf(String refusal) {
        if (isDenial(refusal)) {
            return refusal.matches("(?i).*\\b(to|can't) access .*key.*") ? Code.KEYS_DENIED : Code.COMMAND_DENIED;
        }
        return BY_BEGINNING.entrySet().stream()
                .filter(entry -> refusal.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Code.REFUSED);
    }

    /** Whether the server has no such command. */
    static boolean isUnknown(String refusal) {
        return refusal.startsWith("ERR unknown command");
    }

    /** Whether the ACL forbids it. */
    static boolean isDenial(String refusal) {
        return refusal.startsWith("NOPERM")
                || refusal.startsWith("ERR The user executing the script") // inside of it, before 7.2
                || refusal.startsWith("ERR ACL failure in script");
    }
}

package dev.sluice.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code INFO} says. Immutable. */
record ServerInfo(Map<String, String> fields) {

    /** The oldest version that the tests have seen. */
    static final String OLDEST = "6.2";

    ServerInfo {
        fields = Map.copyOf(fields);
    }

    /** @param text lines of {@code name:value} */
    static ServerInfo of(List<String> text) {
        Map<String, String> fields = new HashMap<>();
        text.stream().flatMap(String::lines).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return new ServerInfo(fields);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }

    boolean says(String name, String value) {
        return text(name).filter(value::equals).isPresent();
    }

    /** 0 where it says none. */
    long number(String name) {
        return text(name)
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .orElse(0L);
    }

    /** {@code 7.0.15}, {@code Valkey 8.1.1 (as Redis 7.2.4)}. */
    String version() {
        String redis = text("redis_version").orElse("unknown");
        return text("valkey_version")
                .map(valkey -> "Valkey " + valkey + " (as Redis " + redis + ")")
                .orElse("Redis " + redis);
    }

    /** Valkey calls it by another name. */
    boolean isSentinel() {
        return says("redis_mode", "sentinel") || says("server_mode", "sentinel");
    }

    boolean isTooOld() {
        return text("redis_version")
                .filter(version -> version.matches("[0-9]{1,4}\\.[0-9]{1,4}.*"))
                .filter(version -> weight(version) < weight(OLDEST))
                .isPresent();
    }

    private static int weight(String version) {
        String[] parts = version.split("[^0-9]");
        return Integer.parseInt(parts[0]) * 10_000 + Integer.parseInt(parts[1]);
    }
}

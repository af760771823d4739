package dev.sluice.check;

import dev.sluice.store.redis.RedisAddress;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What {@code CLUSTER SLOTS} says: which master has which slots. */
final class SlotTable {

    /** How many slots a cluster has. */
    static final int SLOTS = 16_384;

    private static final Pattern NODE_ID = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    private SlotTable() {}

    /**
     * Reads the reply, whose nesting is lost: first slot, last slot, then host, port, id and more of the master, then those
     * of its replicas.
     *
     * @param asked whose host counts where the reply names none
     */
    static Map<RedisAddress, BitSet> read(List<String> words, RedisAddress asked) {
        Map<RedisAddress, BitSet> masters = new LinkedHashMap<>();
        for (int i = 0; i + 4 < words.size(); i++) {
            if (isNumber(words.get(i))
                    && isNumber(words.get(i + 1))
                    && isNumber(words.get(i + 3))
                    && NODE_ID.matcher(words.get(i + 4)).matches()) {
                String host = words.get(i + 2);
                RedisAddress master = new RedisAddress(
                        host.isEmpty() || host.equals("?") ? asked.host() : host, Integer.parseInt(words.get(i + 3)));
                masters.computeIfAbsent(master, none -> new BitSet(SLOTS))
                        .set(Integer.parseInt(words.get(i)), Integer.parseInt(words.get(i + 1)) + 1);
            }
        }
        return masters;
    }

    private static boolean isNumber(String word) {
        return NUMBER.matcher(word).matches();
    }
}

package dev.sluice.store.redis;

import dev.sluice.store.Charge;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.util.JedisClusterCRC16;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Which node holds which slot, as far as is known: what is wrong is put right by the first who is sent on. Safe for use by many threads. */
final class SlotMap {

    private static final int SLOTS = 16_384;

    private final AtomicReferenceArray<@Nullable RedisAddress> owners = new AtomicReferenceArray<>(SLOTS);

    /** The slot of a bucket: of what stands in braces in its key, or of the whole key. */
    static int slotOf(Charge charge) {
        return JedisClusterCRC16.getSlot(charge.key().text());
    }

    /** Null if nobody is known to. */
    @Nullable
    RedisAddress ownerOf(int slot) {
        return owners.get(slot);
    }

    boolean isOwnedBy(int slot, RedisAddress node) {
        return node.equals(owners.get(slot));
    }

    /** A slot has gone to another node. */
    void moved(int slot, RedisAddress owner) {
        owners.set(slot, owner);
    }

    /** What a node knows of the whole cluster; slots that nobody serves have no owner. */
    void learn(List<SlotRange> ranges) {
        @Nullable RedisAddress[] learned = new RedisAddress[SLOTS];
        for (SlotRange range : ranges) {
            for (int slot = range.first(); slot <= range.last(); slot++) {
                learned[slot] = range.master();
            }
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            owners.set(slot, learned[slot]);
        }
    }

    /** Those that hold at least one. */
    Set<RedisAddress> owners() {
        Set<RedisAddress> distinct = new HashSet<>();
        RedisAddress former = null;
        for (int slot = 0; slot < SLOTS; slot++) {
            RedisAddress owner = owners.get(slot);
            if (owner != null && owner != former) {
                distinct.add(owner);
            }
            former = owner;
        }
        return distinct;
    }
}

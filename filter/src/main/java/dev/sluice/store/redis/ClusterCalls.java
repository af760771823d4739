package dev.sluice.store.redis;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;

import java.util.List;

/** How a node of a cluster is asked. Safe for use by many threads. */
final class ClusterCalls implements RedisNode.Calls {

    /** Far more than it takes to find a bucket in a slot of a node that has any but the fewest. */
    private static final int MOST_TRIES = 100_000;

    private static final TokenBucket FULL_AT_ONCE = new TokenBucket(1, 1, 1);

    private final RedisAddress node;
    private final SlotMap slots;
    private int number; // confined to the thread of the keeper

    ClusterCalls(RedisAddress node, SlotMap slots) {
        this.node = node;
        this.slots = slots;
    }

    @Override
    public Call empty() {
        return new ClusterCall(node);
    }

    /** For a bucket that this node holds. Should it hold none, it says so: it is well then, too. */
    @Override
    public Call question() {
        Charge charge = charge();
        for (int tries = 0; tries < MOST_TRIES && !slots.isOwnedBy(SlotMap.slotOf(charge), node); tries++) {
            number = (number + 1) % MOST_TRIES;
            charge = charge();
        }
        Call call = new ClusterCall(node);
        call.add(new SlotTicket(
                SlotShare.whole(SlotMap.slotOf(charge), List.of(charge)), Act.TAKE, false, System.nanoTime()));
        return call;
    }

    private Charge charge() {
        return new Charge(BucketKey.unnamed("~probe:" + number), FULL_AT_ONCE, 1, true);
    }
}

package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** What a request asks of the buckets in one slot, on its way to one node. */
final class SlotTicket extends Ticket {

    private final SlotShare share;
    private final Act act;
    private final boolean asking;

    /** @param asking whether the node has the slot only by half, so that it must be told that this is known */
    SlotTicket(SlotShare share, Act act, boolean asking, long deadlineNanos) {
        super(share.charges(), deadlineNanos);
        this.share = share;
        this.act = act;
        this.asking = asking;
        if (act == Act.GIVE_BACK) {
            onlyOnce();
        }
    }

    int slot() {
        return share.slot();
    }

    Act act() {
        return act;
    }

    boolean asking() {
        return asking;
    }

    /** Whether it goes in a call of its own: a slot that is moving is asked for one key at a time. */
    boolean alone() {
        return asking || share.alone();
    }

    /** Where to ask instead; null if it was decided, or was not to be had. */
    @Nullable
    Redirect redirect() {
        return end() instanceof Redirect elsewhere ? elsewhere : null;
    }

    /** None if it is to be asked elsewhere. */
    @Override
    List<Decision> decisions() throws StoreUnavailableException {
        return redirect() == null ? super.decisions() : List.of();
    }
}

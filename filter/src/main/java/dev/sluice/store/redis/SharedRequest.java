package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request whose buckets lie in different slots, decided slot by slot. Each slot is all or nothing by itself; if a later
 * one rejects, what the earlier ones gave is given back. Between the two, others find it missing: nobody is ever admitted
 * beyond a limit, but who asks in that moment may be rejected below it. Confined to one request.
 */
final class SharedRequest {

    private final SlotRouter router;
    private final long deadline;
    private final List<Charge> charges;
    private final Decision[] decisions;
    private final Deque<SlotShare> open;
    private final List<SlotShare> taken = new ArrayList<>();

    SharedRequest(SlotRouter router, List<Charge> charges, long deadline) {
        this.router = router;
        this.deadline = deadline;
        this.charges = charges;
        this.decisions = new Decision[charges.size()];
        this.open = new ArrayDeque<>(SlotShare.of(charges));
    }

    List<Decision> decide() throws StoreUnavailableException {
        checkAllAreUp();
        while (!open.isEmpty()) {
            SlotShare share = open.removeFirst();
            if (!ask(share, Act.TAKE)) {
                continue;
            }
            if (isRejected(share)) {
                giveBack();
                look();
                break;
            }
            taken.add(share);
        }
        return List.of(decisions);
    }

    /** Those whose node is known to be down take their failure mode, and the rest is asked for without them. */
    private void checkAllAreUp() throws StoreUnavailableException {
        Set<BucketKey> down = new HashSet<>();
        for (SlotShare share : open) {
            if (router.isDown(share.slot())) {
                share.charges().forEach(charge -> down.add(charge.key()));
            }
        }
        if (!down.isEmpty()) {
            throw StoreUnavailableException.forBuckets(down, "nodes of the Redis Cluster are unavailable");
        }
    }

    /** Asks for the rest without taking, so that the client is told how long to wait for all of it. */
    private void look() throws StoreUnavailableException {
        while (!open.isEmpty()) {
            ask(open.removeFirst(), Act.LOOK);
        }
    }

    /** Whether there is an answer; if not, there is one for each bucket to come. */
    private boolean ask(SlotShare share, Act act) throws StoreUnavailableException {
        Optional<List<Decision>> answer;
        try {
            answer = router.ask(share, act, deadline);
        } catch (StoreUnavailableException unavailable) {
            giveBack();
            throw concerning(share, unavailable);
        }
        if (answer.isEmpty()) {
            List<SlotShare> apart = share.apart();
            for (int i = apart.size() - 1; i >= 0; i--) {
                open.addFirst(apart.get(i));
            }
            return false;
        }
        for (int i = 0; i < share.positions().size(); i++) {
            decisions[share.positions().get(i)] = answer.get().get(i);
        }
        return true;
    }

    private StoreUnavailableException concerning(SlotShare share, StoreUnavailableException unavailable) {
        Set<BucketKey> keys = new HashSet<>();
        for (Charge charge : share.charges()) {
            if (unavailable.concerns(charge.key())) {
                keys.add(charge.key());
            }
        }
        return StoreUnavailableException.forBuckets(keys, String.valueOf(unavailable.getMessage()));
    }

    private boolean isRejected(SlotShare share) {
        return share.positions().stream()
                .anyMatch(at -> charges.get(at).enforced() && decisions[at] instanceof Decision.Rejected);
    }

    private void giveBack() {
        for (SlotShare share : taken) {
            SlotShare back = whatWasTaken(share);
            if (!back.charges().isEmpty()) {
                if (router.isLate(deadline)) {
                    router.giveBackLater(back);
                } else {
                    router.giveBack(back, deadline);
                }
            }
        }
        taken.clear();
    }

    /** A bucket that is only measured may not have paid. What is left now is what the client is told. */
    private SlotShare whatWasTaken(SlotShare share) {
        List<Integer> paid = new ArrayList<>();
        for (int at : share.positions()) {
            if (decisions[at] instanceof Decision.Permitted permitted
                    && charges.get(at).cost() > 0) {
                paid.add(at);
                decisions[at] = asBefore(permitted, charges.get(at));
            }
        }
        return new SlotShare(
                share.slot(), share.alone(), paid.stream().map(charges::get).toList(), paid);
    }

    private static Decision asBefore(Decision.Permitted permitted, Charge charge) {
        long remaining = permitted.remaining() + charge.cost();
        return new Decision.Permitted(
                remaining, remaining == charge.bucket().capacity() ? 0 : permitted.nextTokenMicros());
    }
}

package dev.sluice.store.redis;

import dev.sluice.store.Charge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a request asks of one slot. Immutable.
 *
 * @param alone whether it must not share a call with others
 * @param charges all in this slot
 * @param positions of the charges in the request
 */
record SlotShare(int slot, boolean alone, List<Charge> charges, List<Integer> positions) {

    /** All of it, if that lies in one slot. */
    static SlotShare whole(int slot, List<Charge> charges) {
        return new SlotShare(slot, false, charges, List.of());
    }

    /** The shares of a request, by slot: everybody asks in the same order, so that of two that compete one gets all. */
    static List<SlotShare> of(List<Charge> charges) {
        Map<Integer, SlotShare> shares = new TreeMap<>();
        for (int i = 0; i < charges.size(); i++) {
            shares.computeIfAbsent(
                            SlotMap.slotOf(charges.get(i)),
                            slot -> new SlotShare(slot, false, new ArrayList<>(), new ArrayList<>()))
                    .add(charges.get(i), i);
        }
        return List.copyOf(shares.values());
    }

    /** Each charge for itself, in an order that is the same for everybody. */
    List<SlotShare> apart() {
        List<SlotShare> apart = new ArrayList<>();
        for (int i = 0; i < charges.size(); i++) {
            apart.add(new SlotShare(slot, true, List.of(charges.get(i)), List.of(positions.get(i))));
        }
        apart.sort(Comparator.comparing(share -> share.charges().get(0).key().text()));
        return apart;
    }

    SlotShare asAlone() {
        return new SlotShare(slot, true, charges, positions);
    }

    private void add(Charge charge, int position) {
        charges.add(charge);
        positions.add(position);
    }
}

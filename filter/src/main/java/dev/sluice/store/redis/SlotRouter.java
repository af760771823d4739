package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A cluster: sends each request to the node that holds its buckets, and on to where that node says they are. How it works
 * and why is told in {@code docs/decisions/0002-redis-cluster.md}. Safe for use by many threads.
 */
final class SlotRouter implements Redis {

    /** More often a request is not sent on: nodes that disagree for that long had better be asked later. */
    private static final int MOST_HOPS = 8;

    /** With less than that left a call is not begun: the watchdog would cut it, and a node that is well would be blamed. */
    private static final long LEAST_NANOS = 15_000_000;

    private final long deadlineNanos;
    private final StoreLog log;
    private final SlotMap slots = new SlotMap();
    private final ClusterNodes nodes;
    private final SlotKeeper keeper;
    private final Daemon keeping;
    private Collection<RedisNode> stopped = List.of();

    /**
     * Starts a thread, and one more for each node; {@link #stop} ends them.
     *
     * @param connectors to the nodes
     */
    SlotRouter(Topology.Cluster cluster, Function<RedisAddress, Connector> connectors, StoreContext context) {
        this.deadlineNanos = context.settings().deadline().toNanos();
        this.log = new StoreLog(cluster.name(), context.settings().deadline(), context.consequence());
        this.nodes = new ClusterNodes(
                address -> new RedisNode(
                        address.toString(), connectors.apply(address), new ClusterCalls(address, slots), context),
                context.watchdog());
        this.keeper = new SlotKeeper(cluster, connectors, slots, nodes, log, context);
        this.keeping = Daemon.start(keeper, "sluice-slots-" + cluster.name());
    }

    @Override
    public List<Decision> tryConsume(List<Charge> charges) throws StoreUnavailableException {
        long deadline = System.nanoTime() + deadlineNanos;
        int slot = SlotMap.slotOf(charges.get(0));
        if (lieIn(slot, charges)) {
            Optional<List<Decision>> decisions = ask(SlotShare.whole(slot, charges), Act.TAKE, deadline);
            if (decisions.isPresent()) {
                return decisions.get();
            }
        }
        return new SharedRequest(this, charges, deadline).decide();
    }

    private static boolean lieIn(int slot, List<Charge> charges) {
        for (int i = 1; i < charges.size(); i++) {
            if (SlotMap.slotOf(charges.get(i)) != slot) {
                return false;
            }
        }
        return true;
    }

    /**
     * Asks for what lies in one slot, wherever that slot is by now.
     *
     * @return empty if its buckets must be asked for one by one, since the slot is moving; nothing was done then
     */
    Optional<List<Decision>> ask(SlotShare share, Act act, long deadline) throws StoreUnavailableException {
        RedisNode node = owner(share.slot());
        SlotShare asked = share;
        boolean asking = false;
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            SlotTicket ticket = new SlotTicket(asked, act, asking, deadline);
            List<Decision> decisions = decide(node, ticket);
            Redirect elsewhere = ticket.redirect();
            asking = false;
            if (elsewhere == null) {
                return Optional.of(decisions);
            } else if (elsewhere instanceof Redirect.Moved moved) {
                slots.moved(share.slot(), moved.address());
                keeper.wake();
                node = nodes.need(moved.address());
            } else if (elsewhere instanceof Redirect.Ask ask) {
                node = nodes.need(ask.address());
                asking = true;
            } else if (elsewhere instanceof Redirect.Nowhere) {
                throw unserved();
            } else if (share.charges().size() > 1) {
                return Optional.empty();
            } else {
                asked = share.asAlone();
                node = owner(share.slot());
            }
        }
        log.undecided();
        throw Unavailable.FAULT;
    }

    /** Gives back what cannot be given back by the request itself, whose time is over. */
    void giveBackLater(SlotShare share) {
        keeper.later(() -> giveBack(share, System.nanoTime() + deadlineNanos));
    }

    /** What is lost on the way stays lost: nothing is ever given back twice. */
    void giveBack(SlotShare share, long deadline) {
        try {
            if (ask(share, Act.GIVE_BACK, deadline).isEmpty()) {
                for (SlotShare each : share.apart()) {
                    ask(each, Act.GIVE_BACK, deadline);
                }
            }
        } catch (StoreUnavailableException lost) {
            System.getLogger("dev.sluice").log(System.Logger.Level.DEBUG, "tokens were not given back", lost);
        }
    }

    /** Whether it is known that nobody will decide what lies in this slot. */
    boolean isDown(int slot) {
        RedisAddress owner = slots.ownerOf(slot);
        RedisNode node = owner == null ? null : nodes.known(owner);
        return owner == null || node != null && node.openBreakers() > 0;
    }

    /** Whether there is too little time left to ask. */
    boolean isLate(long deadline) {
        return deadline - System.nanoTime() < Math.min(LEAST_NANOS, deadlineNanos / 5);
    }

    private List<Decision> decide(RedisNode node, SlotTicket ticket) throws StoreUnavailableException {
        if (isLate(ticket.deadlineNanos())) {
            log.undecided();
            throw Unavailable.LATE;
        }
        try {
            return node.decide(ticket, System.nanoTime());
        } catch (StoreUnavailableException unavailable) {
            keeper.wake(); // somebody else may hold the slot by now
            throw unavailable;
        }
    }

    private RedisNode owner(int slot) throws StoreUnavailableException {
        RedisAddress owner = slots.ownerOf(slot);
        if (owner == null) {
            throw unserved();
        }
        return nodes.at(owner);
    }

    private StoreUnavailableException unserved() {
        keeper.wake();
        log.undecided();
        return Unavailable.UNSERVED;
    }

    @Override
    public void awaitReady(long untilNanos) {
        keeper.awaitReady(untilNanos);
        for (RedisAddress owner : slots.owners()) {
            RedisNode node = nodes.known(owner);
            if (node != null) {
                node.awaitReady(untilNanos);
            }
        }
    }

    /** A cluster of which nothing is known counts as one server that is down. */
    @Override
    public int openBreakers() {
        List<RedisAddress> down = new ArrayList<>();
        for (RedisAddress owner : slots.owners()) {
            RedisNode node = nodes.known(owner);
            if (node != null && node.openBreakers() > 0) {
                down.add(owner);
            }
        }
        return keeper.knows() ? down.size() : 1;
    }

    @Override
    public void stop() {
        keeper.close();
        stopped = nodes.stop();
        keeping.interrupt();
    }

    @Override
    public void awaitEnd(long untilNanos) {
        keeping.awaitEnd(untilNanos);
        stopped.forEach(node -> node.awaitEnd(untilNanos));
    }
}

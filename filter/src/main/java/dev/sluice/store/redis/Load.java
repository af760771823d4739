package dev.sluice.store.redis;

import dev.sluice.store.StoreUnavailableException;

import java.util.ArrayList;
import java.util.List;

/** What one flight carries: the call, and those whose requests are in it. Confined to one thread. */
final class Load {

    /** Nobody. */
    static final Load NONE = new Load(new ScriptCall());

    private final Call call;
    private final List<Ticket> aboard = new ArrayList<>(1); // alone, more often than not
    private boolean told;

    Load(Call call) {
        this.call = call;
    }

    Call call() {
        return call;
    }

    /** In the order of their requests. */
    List<Ticket> aboard() {
        return aboard;
    }

    /** Whether it was added; one that does not fit flies later. */
    boolean add(Ticket ticket) {
        return call.add(ticket) && aboard.add(ticket);
    }

    /**
     * Tells those aboard what was decided, and wakes them as a tree: whoever is woken wakes two more, so that all cores
     * share the work. From the leaves to the root, so that nobody is woken before those below have been told.
     *
     * @return whether they have not been told before
     */
    boolean tell(ScriptReply reply) {
        if (told) {
            return false;
        }
        told = true;
        for (int seat = aboard.size() - 1; seat >= 0; seat--) {
            aboard.get(seat).settle(endOf(reply.answers().get(seat)), aboard, seat);
        }
        aboard.get(0).wake();
        return true;
    }

    private static Object endOf(ScriptReply.Answer answer) {
        if (answer instanceof Redirect elsewhere) {
            return elsewhere;
        }
        ScriptReply.Decided decided = (ScriptReply.Decided) answer;
        return decided.foreign().isEmpty()
                ? decided.decisions()
                : StoreUnavailableException.forBuckets(decided.foreign(), "the key holds a value of another type");
    }
}

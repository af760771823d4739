package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Requests of a call that are equal, one right after the other. Those that took the cost come first, with ever fewer tokens
 * remaining, and then those that did not, which all found the same. Confined to one thread.
 */
final class EqualRequests {

    /** Numbers that the script says of one charge: taken, remaining, next_token_micros, retry_after_micros. */
    private static final int NUMBERS = 4;

    private final List<Charge> charges;
    private final Act act;
    private int requests;
    private int answersAt;
    private int answered;

    EqualRequests(List<Charge> charges, Act act) {
        this.charges = charges;
        this.act = act;
    }

    List<Charge> charges() {
        return charges;
    }

    boolean areLike(List<Charge> others, Act another) {
        return act == another && act != Act.GIVE_BACK && charges.equals(others);
    }

    /** There is one more of them. */
    void addOne() {
        requests++;
    }

    /** What stands for their number in the call. */
    int times() {
        return act == Act.TAKE ? requests : act == Act.LOOK ? 0 : -1;
    }

    /**
     * Where in the reply their answers begin.
     *
     * @return where those of the next ones do
     */
    int answeredAt(int position) {
        answersAt = position;
        return position + NUMBERS * charges.size();
    }

    /**
     * The answer to the next of them.
     *
     * @throws IllegalArgumentException if the reply is too short, or of anything but numbers
     */
    ScriptReply.Decided next(ReplyNumbers reply) {
        List<Decision> decisions = new ArrayList<>(charges.size());
        Set<BucketKey> foreign = Set.of();
        for (int i = 0; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            int at = answersAt + NUMBERS * i;
            if (reply.at(at) < 0) {
                foreign = foreign.isEmpty() ? new HashSet<>() : foreign;
                foreign.add(charge.key());
            } else {
                decisions.add(decision(charge.cost(), reply, at));
            }
        }
        answered++;
        return new ScriptReply.Decided(decisions, foreign);
    }

    /** A cost of 2 from 9 tokens, asked 5 times: taken 4, remaining 1; so the first was left 7, and the last rejected. */
    private Decision decision(long cost, ReplyNumbers reply, int at) {
        long taken = reply.at(at);
        long remaining = reply.at(at + 1);
        long nextTokenMicros = reply.at(at + 2);
        long retryAfterMicros = reply.at(at + 3);
        if (answered < taken) {
            return new Decision.Permitted(remaining + cost * (taken - 1 - answered), nextTokenMicros);
        }
        return retryAfterMicros > 0
                ? new Decision.Rejected(remaining, nextTokenMicros, retryAfterMicros)
                : new Decision.Permitted(remaining, nextTokenMicros);
    }
}

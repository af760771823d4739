package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The answers to equal requests, in their order: those that took the cost first, with ever fewer tokens remaining, and then
 * those that did not, which all found the same. Confined to one thread.
 */
final class EqualAnswers {

    /** What the script says of one charge; a worked example: a cost of 2 from 9 tokens, asked 5 times: taken 4, remaining 1. */
    private record Outcome(long taken, long remaining, long nextTokenMicros, long retryAfterMicros) {

        boolean isForeign() {
            return taken < 0;
        }

        Decision of(long request, long cost) {
            if (request < taken) {
                return new Decision.Permitted(remaining + cost * (taken - 1 - request), nextTokenMicros);
            }
            return retryAfterMicros > 0
                    ? new Decision.Rejected(remaining, nextTokenMicros, retryAfterMicros)
                    : new Decision.Permitted(remaining, nextTokenMicros);
        }
    }

    /** Before the reply. */
    static final EqualAnswers NONE = new EqualAnswers(List.of(), List.of());

    private final List<Charge> charges;
    private final List<Outcome> outcomes;
    private long given;

    private EqualAnswers(List<Charge> charges, List<Outcome> outcomes) {
        this.charges = charges;
        this.outcomes = outcomes;
    }

    /** @throws IllegalArgumentException if these are not the numbers of a request */
    static EqualAnswers read(List<Charge> charges, ReplyNumbers numbers) {
        List<Outcome> outcomes = new ArrayList<>(charges.size());
        for (int i = 0; i < charges.size(); i++) {
            outcomes.add(new Outcome(numbers.next(), numbers.next(), numbers.next(), numbers.next()));
        }
        return new EqualAnswers(charges, outcomes);
    }

    /** The answer to the next of the requests. */
    ScriptReply.Decided next() {
        List<Decision> decisions = new ArrayList<>(charges.size());
        Set<BucketKey> foreign = Set.of();
        for (int i = 0; i < charges.size(); i++) {
            Outcome outcome = outcomes.get(i);
            if (outcome.isForeign()) {
                foreign = foreign.isEmpty() ? new HashSet<>() : foreign;
                foreign.add(charges.get(i).key());
            } else {
                decisions.add(outcome.of(given, charges.get(i).cost()));
            }
        }
        given++;
        return new ScriptReply.Decided(decisions, foreign);
    }
}

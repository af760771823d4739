package dev.sluice.check;

import dev.sluice.store.redis.NoAnswerException;

import java.util.List;

/** Whether the user may run what the script runs, on the keys that it uses. Confined to one thread. */
record PermissionChecks(Findings findings, Printout printout) {

    private static final String NO_SCRIPT = "0000000000000000000000000000000000000000";

    /** @return whether nothing stands in the way of a decision */
    boolean examine(Conversation conversation, List<ScratchBucket> scratch) {
        int before = findings.all().size();
        conversation.attempt("EVALSHA", interview -> {
            try {
                return interview.ask("EVALSHA", NO_SCRIPT, "0");
            } catch (NoAnswerException unknown) {
                if (unknown.refusal().startsWith("NOSCRIPT")) {
                    return List.of();
                }
                throw unknown;
            }
        });
        conversation.ask("EVAL", "return 1", "0");
        for (ScratchBucket each : scratch) {
            String key = each.key().text();
            conversation.ask("HMGET", key, "tokens");
            conversation.ask("HSET", key, "tokens", "0");
            conversation.ask("PEXPIRE", key, "0");
        }
        boolean permitted = findings.all().size() == before && !conversation.isOver();
        printout.row("permissions", permitted ? "all that is needed" : "not all, or Redis refuses for another reason");
        return permitted;
    }
}

package dev.sluice.check;

import dev.sluice.key.BucketKey;
import dev.sluice.store.redis.NoAnswerException;

import java.util.List;

/** Whether the user may run what the script runs, on the keys that it uses. Confined to one thread. */
record PermissionChecks(Printout printout) {

    /** No script has this digest. */
    private static final String NO_SCRIPT = "0".repeat(40);

    /** With this one the store asks whether Redis is well. */
    private static final BucketKey PROBE = BucketKey.unnamed("~probe");

    void examine(Conversation conversation, List<ScratchBucket> scratch, Server server) {
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
            if (conversation.ask("PEXPIRE", key, "0").isPresent()) { // what cannot be removed is not written either
                conversation.ask("HSET", key, "tokens", "0");
                conversation.ask("PEXPIRE", key, "0");
            }
        }
        if (server.holds(PROBE)) {
            conversation.ask("HMGET", PROBE.text(), "tokens");
        }
        printout.row(
                "permissions",
                conversation.isTroubled() ? "not all, or Redis refuses for another reason" : "all that is needed");
    }
}

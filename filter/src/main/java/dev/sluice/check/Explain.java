package dev.sluice.check;

import dev.sluice.bucket.BucketState;
import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.config.Period;
import dev.sluice.config.Settings;
import dev.sluice.key.BucketKey;
import dev.sluice.key.RequestView;
import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;
import dev.sluice.store.redis.StoredBucket;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what would become of one request, from what Redis holds at this moment; takes nothing. Confined to one thread. */
final class Explain {

    private static final Set<String> OF_REQUESTS = Set.of("paths", "except", "methods");

    private enum Outcome {
        PASSES,
        REJECTS,
        UNKNOWN
    }

    private record Reading(StoredBucket stored, long nowMicros) {}

    private final Settings settings;
    private final Findings findings;
    private final Printout printout;

    Explain(Settings settings, Findings findings, Printout printout) {
        this.settings = settings;
        this.findings = findings;
        this.printout = printout;
    }

    void run(CommandLineRequest request) {
        printout.heading(request.method() + " " + request.path() + " from " + request.peerAddress());
        printout.row("client", settings.clientAddress().clientOf(request));
        if (!settings.enabled()) {
            printout.row("verdict", "passes: rate limiting is switched off (enabled = false)");
            return;
        }
        boolean exempt = settings.clientAddress()
                .addressOf(request)
                .filter(settings.exempt()::contains)
                .isPresent();
        if (exempt) {
            printout.row("verdict", "passes: the client is exempt");
            return;
        }
        List<Policy> matching = settings.policies().stream()
                .filter(policy -> policy.matches(request))
                .toList();
        List<Server> servers = matching.isEmpty() ? List.of() : new Servers(settings.redis(), findings).find();
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        for (Policy policy : settings.policies()) {
            printout.heading("policy " + policy.name());
            if (matching.contains(policy)) {
                Outcome outcome = tell(policy, request, servers);
                outcomes.add(policy.mode() == Mode.SHADOW ? Outcome.PASSES : outcome);
            } else {
                printout.row("applies", "no: it is for " + requestsOf(policy));
            }
        }
        printout.heading("verdict");
        printout.row("now", verdict(outcomes));
    }

    private static String verdict(Set<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return "passes: no policy applies";
        }
        if (outcomes.contains(Outcome.REJECTS)) {
            return "would be rejected";
        }
        return outcomes.contains(Outcome.UNKNOWN) ? "not known: Redis did not say" : "would pass";
    }

    /** @return what this bucket would say */
    private Outcome tell(Policy policy, RequestView request, List<Server> servers) {
        BucketKey key = policy.keyFor(request);
        printout.row("applies", "yes" + (policy.mode() == Mode.SHADOW ? ", but never rejects (shadow)" : ""));
        printout.row("key", policy.partition().toString());
        printout.row("bucket", key.text());
        Optional<Reading> reading = read(key, servers);
        if (reading.isEmpty()) {
            printout.row("holds", "not known: Redis did not say");
            return Outcome.UNKNOWN;
        }
        TokenBucket bucket = policy.bucket();
        BucketState state = reading.get().stored().under(bucket, reading.get().nowMicros());
        Decision level = bucket.tryConsume(state, reading.get().nowMicros(), 0).decision();
        String note = reading.get().stored() instanceof StoredBucket.Absent
                ? ": nothing is stored, so it is full"
                : reading.get().stored() instanceof StoredBucket.Damaged
                        ? ": what is stored cannot be read, so it is full"
                        : "";
        printout.row(
                "holds",
                level.remaining() + " of " + bucket.capacity() + " tokens" + note
                        + (level.nextTokenMicros() == 0
                                ? ""
                                : ", the next in " + Period.text(level.nextTokenMicros())));
        Decision decision = bucket.tryConsume(state, reading.get().nowMicros(), policy.cost())
                .decision();
        printout.row(
                "costs",
                policy.cost()
                        + (decision instanceof Decision.Rejected rejected
                                ? ": not enough, there will be in " + Period.text(rejected.retryAfterMicros())
                                : ": enough"));
        return decision instanceof Decision.Permitted ? Outcome.PASSES : Outcome.REJECTS;
    }

    /** Reads only: the level, and the clock by which it has refilled since. */
    private Optional<Reading> read(BucketKey key, List<Server> servers) {
        Optional<Server> holder =
                servers.stream().filter(server -> server.holds(key)).findFirst();
        return holder.flatMap(server -> Conversation.begin(server, findings)).flatMap(conversation -> {
            try (conversation) {
                Optional<StoredBucket> stored = conversation.attempt("HMGET", interview -> interview.read(key));
                return stored.flatMap(each -> conversation
                        .attempt("TIME", interview -> interview.nowMicros())
                        .map(now -> new Reading(each, now)));
            }
        });
    }

    private String requestsOf(Policy policy) {
        return settings.overview().policies().get(policy.name()).stream()
                .filter(entry -> OF_REQUESTS.contains(entry.option()))
                .map(entry -> entry.option() + " " + entry.value())
                .collect(Collectors.joining(", "));
    }
}

package dev.sluice.check;

import dev.sluice.config.Settings;
import dev.sluice.store.redis.Topology;

import java.time.Clock;
import java.util.List;

/** Reaches every server that holds buckets, asks how it is set up, and lets it decide. Confined to one thread. */
final class ServerChecks {

    private final Findings findings;
    private final Printout printout;
    private final Clock clock;

    ServerChecks(Findings findings, Printout printout, Clock clock) {
        this.findings = findings;
        this.printout = printout;
        this.clock = clock;
    }

    void examine(Settings settings) {
        List<Server> servers = new Servers(settings.redis(), findings).find();
        boolean cluster = settings.redis().topology() instanceof Topology.Cluster;
        for (Server server : servers) {
            Conversation.begin(server, findings).ifPresent(conversation -> {
                try (conversation) {
                    printout.heading("Redis at " + server.address());
                    new PasswordCheck(findings).examine(server);
                    examine(server, conversation, settings, cluster);
                }
            });
        }
    }

    private void examine(Server server, Conversation conversation, Settings settings, boolean cluster) {
        boolean goOn = conversation
                .attemptIfPermitted(
                        "INFO",
                        interview -> ServerInfo.of(interview.ask("INFO")),
                        () -> findings.add(
                                Code.NOT_SEEN, "Redis at " + server.address() + ": the user may not run INFO"))
                .map(info -> new SetupChecks(findings, printout, server.address()).examine(info, cluster))
                .orElse(true);
        if (conversation.isTroubled() || !goOn) {
            return; // whatever it would say now is for that reason
        }
        new ClockCheck(findings, printout, clock).examine(conversation, server.address());
        List<ScratchBucket> scratch = ScratchBucket.forEach(settings.policies(), server);
        new PermissionChecks(printout).examine(conversation, scratch, server);
        if (!conversation.isTroubled() && !scratch.isEmpty()) {
            new GoldenVectors(findings, printout, server.address()).examine(conversation, scratch);
            new LatencyCheck(findings, printout, server.address())
                    .examine(conversation, scratch.get(0), settings.redis().deadline());
        }
        scratch.forEach(each -> each.remove(conversation));
    }
}

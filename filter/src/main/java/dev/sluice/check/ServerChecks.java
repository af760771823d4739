package dev.sluice.check;

import dev.sluice.config.Settings;
import dev.sluice.store.redis.Topology;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

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
                    examine(server, conversation, settings, cluster);
                }
            });
        }
    }

    private void examine(Server server, Conversation conversation, Settings settings, boolean cluster) {
        new ClockCheck(findings, printout, clock).examine(conversation, server.address());
        if (conversation.isOver() || findings.contains(Code.PASSWORD_NEEDED)) {
            return; // there is no more to be heard
        }
        Optional<ServerInfo> info = conversation.attemptSilently(interview -> ServerInfo.of(interview.ask("INFO")));
        if (info.isPresent()) {
            new SetupChecks(findings, printout, server.address()).examine(info.get(), cluster);
        } else if (!conversation.isOver()) {
            printout.row("set up", "not seen: the user may not run INFO");
            findings.add(Code.NOT_SEEN, "Redis at " + server.address() + ": the user may not run INFO");
        }
        if (findings.contains(Code.CLUSTER_NODE)
                || findings.contains(Code.SENTINEL)
                || findings.contains(Code.LOADING)) {
            return; // whatever it would say now is for another reason
        }
        List<ScratchBucket> scratch = ScratchBucket.forEach(settings.policies(), server);
        boolean permitted = new PermissionChecks(findings, printout).examine(conversation, scratch);
        if (permitted && !scratch.isEmpty()) {
            new GoldenVectors(findings, printout, server.address()).examine(conversation, scratch);
            new LatencyCheck(findings, printout, server.address())
                    .examine(conversation, scratch.get(0), settings.redis().deadline());
        }
        scratch.forEach(each -> each.remove(conversation));
    }
}

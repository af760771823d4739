package dev.sluice.check;

import dev.sluice.store.redis.RedisAddress;
import dev.sluice.store.redis.RedisSettings;
import dev.sluice.store.redis.Topology;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the servers that hold buckets, as the mode says. Confined to one thread. */
final class Servers {

    private final RedisSettings settings;
    private final Findings findings;

    Servers(RedisSettings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    /** None if they cannot be found, for a reason that is noted. */
    List<Server> find() {
        Topology topology = settings.topology();
        if (topology instanceof Topology.Standalone single) {
            return List.of(Server.of(settings, single.address(), single.database()));
        }
        return topology instanceof Topology.Cluster cluster ? masters(cluster) : master((Topology.Sentinels) topology);
    }

    private List<Server> masters(Topology.Cluster cluster) {
        List<Server> nodes = cluster.nodes().stream()
                .map(address -> Server.of(settings, address, 0))
                .toList();
        return answers(nodes, this::mastersKnownTo).stream().findFirst().orElse(List.of());
    }

    private Optional<List<Server>> mastersKnownTo(Server node, Conversation conversation) {
        return conversation
                .attempt("ASKING", interview -> interview.ask("ASKING")) // needed while a slot moves
                .flatMap(permitted ->
                        conversation.attempt("CLUSTER|SLOTS", interview -> interview.ask("CLUSTER", "SLOTS")))
                .map(words -> {
                    Map<RedisAddress, BitSet> masters = SlotTable.read(words, node.address());
                    int served = masters.values().stream()
                            .mapToInt(BitSet::cardinality)
                            .sum();
                    if (served < SlotTable.SLOTS) {
                        findings.addFirst(
                                Code.CLUSTER_DOWN, "", served + " of " + SlotTable.SLOTS + " slots have a master");
                    }
                    return masters.entrySet().stream()
                            .map(entry -> Server.of(settings, entry.getKey(), 0).with(entry.getValue()::get))
                            .toList();
                });
    }

    private List<Server> master(Topology.Sentinels sentinels) {
        RedisSettings ofSentinels = new RedisSettings(
                sentinels,
                sentinels.tls(),
                settings.tls(),
                sentinels.credentials(),
                settings.deadline(),
                settings.maxWaiting());
        List<Server> asked = sentinels.sentinels().stream()
                .map(address -> Server.of(ofSentinels, address, 0))
                .toList();
        return answers(asked, (sentinel, conversation) -> masterKnownTo(sentinels, sentinel, conversation)).stream()
                .max(Comparator.comparingLong(Master::epoch)) // the others lag
                .map(master -> List.of(Server.of(settings, master.address(), sentinels.database())))
                .orElse(List.of());
    }

    private record Master(RedisAddress address, long epoch) {}

    private Optional<Master> masterKnownTo(Topology.Sentinels sentinels, Server sentinel, Conversation conversation) {
        String name = sentinels.master();
        Optional<List<String>> named = conversation.attempt(
                "SENTINEL|GET-MASTER-ADDR-BY-NAME", asked -> asked.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", name));
        if (named.isPresent() && named.get().size() < 2) {
            findings.add(Code.NO_MASTER, "the sentinel at " + sentinel.address() + " knows no master \"" + name + "\"");
        }
        return named.filter(address -> address.size() == 2)
                .map(address -> new RedisAddress(address.get(0), Integer.parseInt(address.get(1))))
                .flatMap(address -> conversation
                        .attempt("SENTINEL|MASTER", asked -> asked.epochOf(name))
                        .map(epoch -> new Master(address, epoch)));
    }

    /** Asks each; what is wrong with some of them is a warning once another one has answered. */
    private <T> List<T> answers(List<Server> servers, Asking<T> asking) {
        List<T> answers = new ArrayList<>();
        List<Finding> failures = new ArrayList<>();
        for (Server server : servers) {
            Findings ofServer = new Findings();
            Conversation.begin(server, ofServer).ifPresent(conversation -> {
                try (conversation) {
                    asking.ask(server, conversation).ifPresent(answers::add);
                }
            });
            failures.addAll(ofServer.all());
        }
        failures.forEach(
                failure -> findings.add(answers.isEmpty() ? failure.code() : Code.SOME_UNREACHABLE, failure.detail()));
        return answers;
    }

    private interface Asking<T> {
        Optional<T> ask(Server server, Conversation conversation);
    }
}

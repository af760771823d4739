package dev.sluice.metrics;

import dev.sluice.testing.WebApp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests of several clients on several threads, the same number to each path. */
final class ClientLoad {

    static final int CLIENTS = 5;

    private static final int THREADS = 8;
    private static final int ROUNDS = 40;

    /** How many requests each path receives, the same number from each client. */
    static final long SENT_TO_A_PATH = (long) THREADS * ROUNDS;

    /** Which enforced policies govern a path; {@code /watched} is governed by a shadow policy alone. */
    private static final Map<String, List<String>> PATHS = Map.of(
            "/open", List.of("open"),
            "/tight/alone", List.of("tight"),
            "/tight/team", List.of("tight", "team"),
            "/watched", List.of(),
            "/login", List.of("login"),
            "/free", List.of("free"),
            "/both", List.of("login", "free"));

    /** How many requests there are in all. */
    static final long SENT = SENT_TO_A_PATH * PATHS.size();

    private ClientLoad() {}

    /** How many of them an enforced policy governs. */
    static long sentTo(String policy) {
        return SENT_TO_A_PATH
                * PATHS.values().stream()
                        .filter(policies -> policies.contains(policy))
                        .count();
    }

    /**
     * Sends them all and waits for the answers.
     *
     * @param network of the clients: {@code 203.0.113.}
     */
    static void send(WebApp app, ClientTally tally, String network) throws InterruptedException, ExecutionException {
        ExecutorService clients = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> threads = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                threads.add(clients.submit(() -> sendRounds(app, tally, network)));
            }
            for (Future<?> thread : threads) {
                thread.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private static void sendRounds(WebApp app, ClientTally tally, String network) {
        for (int round = 0; round < ROUNDS; round++) {
            String client = "X-Forwarded-For: " + network + round % CLIENTS;
            PATHS.forEach((path, policies) -> tally.count(policies, app.get(path, client, "Accept: application/json")));
        }
    }
}

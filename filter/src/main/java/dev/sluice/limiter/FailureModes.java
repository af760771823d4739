package dev.sluice.limiter;

import dev.sluice.policy.FailureMode;
import dev.sluice.policy.Policy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an outage of the store means to users, in words. */
public final class FailureModes {

    private FailureModes() {}

    /**
     * {@code limiting per server}, or with several failure modes
     * {@code limiting per server (api, search), answering 503 (login)}.
     */
    public static String inWords(List<Policy> policies) {
        List<FailureMode> modes = Stream.of(FailureMode.values())
                .filter(mode -> policies.stream().anyMatch(policy -> policy.onFailure() == mode))
                .toList();
        return modes.stream()
                .map(mode -> modes.size() == 1 ? words(mode) : words(mode) + names(mode, policies))
                .collect(Collectors.joining(", "));
    }

    private static String words(FailureMode mode) {
        return switch (mode) {
            case LOCAL -> "limiting per server";
            case PERMIT -> "letting requests pass";
            case REJECT -> "answering 503";
        };
    }

    private static String names(FailureMode mode, List<Policy> policies) {
        return policies.stream()
                .filter(policy -> policy.onFailure() == mode)
                .map(Policy::name)
                .collect(Collectors.joining(", ", " (", ")"));
    }
}

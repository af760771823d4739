package dev.sluice.metrics;

import dev.sluice.bucket.Decision;
import dev.sluice.limiter.Observer;
import dev.sluice.limiter.PolicyDecision;
import dev.sluice.limiter.Verdict;
import dev.sluice.policy.FailureMode;
import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;
import dev.sluice.store.FaultKind;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * The figures of one filter, from its start to its end. They outlive every change of the configuration and only grow; their
 * number depends on the configuration alone, never on requests. Safe for use by many threads.
 */
final class Figures implements Observer {

    private final ConcurrentMap<String, PolicyFigures> policies = new ConcurrentHashMap<>();
    private final StoreFigures store = new StoreFigures();

    /** These policies are in force from now on; those of before keep their figures. */
    void inForce(List<Policy> policies, IntSupplier openBreakers) {
        policies.forEach(this::of);
        store.breakers(openBreakers);
    }

    /** All that is measured, for each policy that has ever been in force. */
    List<Figure> all() {
        return Stream.concat(
                        policies.entrySet().stream()
                                .flatMap(each -> each.getValue().figures(each.getKey())),
                        store.figures())
                .toList();
    }

    @Override
    public void decided(List<Policy> policies, Verdict verdict) {
        if (verdict.degraded()) {
            decidedInPart(policies, verdict);
            return;
        }
        boolean passes = verdict instanceof Verdict.Permitted;
        for (int i = 0; i < policies.size(); i++) {
            Policy policy = policies.get(i);
            of(policy).decided(policy, verdict.decisions().get(i).decision(), passes);
        }
    }

    private void decidedInPart(List<Policy> policies, Verdict verdict) {
        for (Policy policy : policies) {
            boolean undecided = verdict.undecided().stream().anyMatch(each -> each == policy);
            if (undecided) {
                of(policy).degraded(policy.onFailure());
            }
            Optional<Decision> decision = verdict.decisions().stream()
                    .filter(each -> each.policy() == policy)
                    .map(PolicyDecision::decision)
                    .findFirst();
            if (decision.isPresent()) {
                of(policy).decided(policy, decision.get(), verdict instanceof Verdict.Permitted);
            } else {
                of(policy).count(outcomeWithoutDecision(policy, verdict, undecided));
            }
        }
    }

    private static Outcome outcomeWithoutDecision(Policy policy, Verdict verdict, boolean undecided) {
        if (verdict instanceof Verdict.Permitted) {
            return Outcome.PERMITTED;
        }
        boolean refuses = undecided && policy.onFailure() == FailureMode.REJECT && policy.mode() == Mode.ENFORCE;
        return refuses ? Outcome.UNAVAILABLE : Outcome.UNCHARGED;
    }

    private PolicyFigures of(Policy policy) {
        PolicyFigures known = policies.get(policy.name());
        return known != null ? known : policies.computeIfAbsent(policy.name(), name -> new PolicyFigures());
    }

    @Override
    public void asked(long tookNanos) {
        store.asked(tookNanos);
    }

    @Override
    public void called(int requests) {
        store.called(requests);
    }

    @Override
    public void faulted(FaultKind kind) {
        store.faulted(kind);
    }

    @Override
    public void remembered() {
        store.remembered();
    }
}

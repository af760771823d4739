package dev.sluice.limiter;

import dev.sluice.bucket.Decision;
import dev.sluice.key.RequestView;
import dev.sluice.policy.FailureMode;
import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;
import dev.sluice.store.BucketStore;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.store.local.LocalBucketStore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides requests: the policies that match, their buckets, one question to the store. Safe for use by many threads.
 *
 * <p>Charges and their policies are two lists in step: the store knows nothing of policies.
 */
public final class RateLimiter {

    private final List<Policy> policies;
    private final Predicate<RequestView> exempt;
    private final BucketStore store;
    private final LocalBucketStore local;
    private final LocalShare share;
    private final Observer observer;
    private final RejectionLog log;

    /** Unobserved, with the whole limit as the share of this server. */
    public RateLimiter(
            List<Policy> policies, Predicate<RequestView> exempt, BucketStore store, LocalBucketStore local) {
        this(policies, exempt, store, local, LocalShare.WHOLE, Observer.NONE);
    }

    /**
     * @param policies those in force, in the order in which they are told to clients
     * @param exempt which requests meet no policy
     * @param store where the buckets are
     * @param local decides for policies that fall back to {@link FailureMode#LOCAL}
     * @param share the part of the limit that {@code local} may admit
     * @param observer is told of every request that a policy governs
     */
    public RateLimiter(
            List<Policy> policies,
            Predicate<RequestView> exempt,
            BucketStore store,
            LocalBucketStore local,
            LocalShare share,
            Observer observer) {
        this.policies = List.copyOf(policies);
        this.exempt = exempt;
        this.store = store;
        this.local = local;
        this.share = share;
        this.observer = observer;
        this.log = new RejectionLog(policies, System::nanoTime);
    }

    /** Decides one request and charges what it costs. */
    public Verdict check(RequestView request) {
        List<Policy> matching = matching(request);
        if (matching.isEmpty() || exempt.test(request)) {
            return Verdict.UNGOVERNED;
        }
        List<Charge> charges = new ArrayList<>(matching.size());
        for (Policy policy : matching) {
            long cost = Math.min(
                    request.cost().orElse(policy.cost()), policy.bucket().capacity());
            charges.add(new Charge(policy.keyFor(request), policy.bucket(), cost, policy.mode() == Mode.ENFORCE));
        }
        Verdict verdict = decide(matching, charges);
        observer.decided(matching, verdict);
        if (verdict instanceof Verdict.Rejected rejected) {
            report(rejected, matching, charges);
        }
        return verdict;
    }

    private List<Policy> matching(RequestView request) {
        List<Policy> matching = new ArrayList<>(policies.size());
        for (Policy policy : policies) {
            if (policy.matches(request)) {
                matching.add(policy);
            }
        }
        return matching;
    }

    private Verdict decide(List<Policy> policies, List<Charge> charges) {
        try {
            return Verdict.of(decisions(policies, store.tryConsume(charges)), List.of());
        } catch (StoreUnavailableException unavailable) {
            return degrade(policies, charges, unavailable);
        }
    }

    /** Each policy without an answer takes its failure mode. The rest, if any, is asked before this server's own buckets are charged. */
    private Verdict degrade(List<Policy> policies, List<Charge> charges, StoreUnavailableException unavailable) {
        List<Policy> undecided = new ArrayList<>();
        List<Policy> others = new ArrayList<>();
        List<Charge> otherCharges = new ArrayList<>();
        List<Policy> locals = new ArrayList<>();
        List<Charge> localCharges = new ArrayList<>();
        for (int i = 0; i < charges.size(); i++) {
            Policy policy = policies.get(i);
            if (!unavailable.concerns(charges.get(i).key())) {
                others.add(policy);
                otherCharges.add(charges.get(i));
                continue;
            }
            undecided.add(policy);
            if (policy.onFailure() == FailureMode.LOCAL) {
                locals.add(policy);
                localCharges.add(share.of(charges.get(i)));
            }
        }
        if (undecided.stream().anyMatch(RateLimiter::refusesThen)) {
            return new Verdict.Unavailable(List.of(), undecided);
        }
        List<PolicyDecision> decided = new ArrayList<>();
        if (!others.isEmpty()) {
            if (!locals.isEmpty() && !canPay(localCharges)) { // or the others would be charged for a rejected request
                return Verdict.of(decisions(locals, local.tryConsume(localCharges)), undecided);
            }
            Verdict exact = decide(others, otherCharges);
            undecided.addAll(exact.undecided());
            if (exact instanceof Verdict.Unavailable) {
                return new Verdict.Unavailable(List.of(), undecided);
            }
            decided.addAll(exact.decisions());
            if (exact instanceof Verdict.Rejected) {
                return Verdict.of(decided, undecided);
            }
        }
        if (!locals.isEmpty()) {
            decided.addAll(decisions(locals, local.tryConsume(localCharges)));
        }
        return Verdict.of(decided, undecided);
    }

    private static boolean refusesThen(Policy policy) {
        return policy.onFailure() == FailureMode.REJECT && policy.mode() == Mode.ENFORCE;
    }

    private boolean canPay(List<Charge> localCharges) {
        List<Charge> looks = localCharges.stream()
                .map(charge -> new Charge(charge.key(), charge.bucket(), 0, charge.enforced()))
                .toList();
        List<Decision> levels = local.tryConsume(looks);
        for (int i = 0; i < levels.size(); i++) {
            if (localCharges.get(i).enforced()
                    && levels.get(i).remaining() < localCharges.get(i).cost()) {
                return false;
            }
        }
        return true;
    }

    private void report(Verdict.Rejected rejected, List<Policy> matching, List<Charge> charges) {
        List<String> violated = rejected.violatedPolicies();
        for (int i = 0; i < matching.size(); i++) {
            if (violated.contains(matching.get(i).name())) {
                log.rejected(matching.get(i), charges.get(i).key());
            }
        }
    }

    private static List<PolicyDecision> decisions(List<Policy> policies, List<Decision> decisions) {
        List<PolicyDecision> paired = new ArrayList<>(policies.size());
        for (int i = 0; i < policies.size(); i++) {
            paired.add(new PolicyDecision(policies.get(i), decisions.get(i)));
        }
        return paired;
    }
}

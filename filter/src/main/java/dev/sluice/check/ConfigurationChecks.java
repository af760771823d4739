package dev.sluice.check;

import dev.sluice.config.Notice;
import dev.sluice.config.Overview;
import dev.sluice.config.Settings;
import dev.sluice.key.CidrBlock;
import dev.sluice.key.CidrBlocks;
import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What the filter accepts and an operator would regret. Confined to one thread. */
final class ConfigurationChecks {

    /** No proxies of one operator fill more than this, unless it is of private addresses. */
    private static final int SHORTEST_V4 = 8;

    private static final int SHORTEST_V6 = 16;
    private static final List<CidrBlock> PRIVATE =
            Stream.of("fc00::/7", "fe80::/10").map(CidrBlock::parse).toList();

    /** The registry of IANA, and what caches take. */
    private static final Set<String> METHODS = Set.of(("GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH QUERY ACL"
                    + " BASELINE-CONTROL BIND CHECKIN CHECKOUT COPY LABEL LINK LOCK MERGE MKACTIVITY MKCALENDAR MKCOL"
                    + " MKREDIRECTREF MKWORKSPACE MOVE ORDERPATCH PROPFIND PROPPATCH REBIND REPORT SEARCH UNBIND UNCHECKOUT"
                    + " UNLINK UNLOCK UPDATE UPDATEREDIRECTREF VERSION-CONTROL PURGE")
            .split(" "));

    private final Findings findings;

    ConfigurationChecks(Findings findings) {
        this.findings = findings;
    }

    void examine(Settings settings) {
        settings.notices().forEach(notice -> findings.add(code(notice.kind()), notice.text()));
        examineLists(settings);
        settings.policies().forEach(policy -> examineRequests(policy, settings));
        examineOverlaps(settings.policies());
        if (!settings.enabled()) {
            findings.add(Code.LIMITS_NOTHING, "enabled = false");
        } else if (settings.policies().stream().noneMatch(policy -> policy.mode() == Mode.ENFORCE)) {
            findings.add(Code.LIMITS_NOTHING, "no policy is enforced");
        }
    }

    private static Code code(Notice.Kind kind) {
        return switch (kind) {
            case HEADER_NOT_READ -> Code.HEADER_WITHOUT_PROXIES;
            case FORGEABLE_KEY -> Code.FORGEABLE_KEY;
            case IN_VAIN -> Code.IN_VAIN;
            case TLS_UNVERIFIED -> Code.HOST_NAME_UNVERIFIED;
            case UNKNOWN_VARIABLE -> Code.UNKNOWN_VARIABLE;
        };
    }

    private void examineLists(Settings settings) {
        vast(settings.clientAddress().trustedProxies())
                .forEach(block -> findings.add(
                        Code.TRUSTS_EVERYBODY, "trusted-proxies holds " + block + ", most of which is not yours"));
        vast(settings.exempt())
                .forEach(block ->
                        findings.add(Code.EXEMPTS_EVERYBODY, "exempt holds " + block + ", most of which is not yours"));
    }

    private static Stream<CidrBlock> vast(CidrBlocks blocks) {
        return blocks.blocks().stream()
                .filter(block -> block.prefixLength() < (block.network().isV4() ? SHORTEST_V4 : SHORTEST_V6))
                .filter(block -> PRIVATE.stream()
                        .noneMatch(known ->
                                known.prefixLength() <= block.prefixLength() && known.contains(block.network())));
    }

    private void examineRequests(Policy policy, Settings settings) {
        List<String> methods = settings.overview().policies().get(policy.name()).stream()
                .filter(entry -> entry.option().equals("methods"))
                .map(Overview.Entry::value)
                .flatMap(value -> Stream.of(value.split(",")))
                .map(method -> method.strip().toUpperCase(Locale.ROOT))
                .toList();
        List<String> unknown =
                methods.stream().filter(method -> !METHODS.contains(method)).toList();
        if (!policy.requests().canMatch()) {
            findings.add(Code.NEVER_APPLIES, "policy " + policy.name() + ": no request has such a path");
        } else if (!methods.isEmpty() && unknown.size() == methods.size()) {
            findings.add(
                    Code.NEVER_APPLIES,
                    "policy " + policy.name() + ": no request has the method " + String.join(", ", unknown));
        } else if (!unknown.isEmpty()) {
            findings.add(
                    Code.UNKNOWN_METHOD,
                    "policy " + policy.name() + ": no request has the method " + String.join(", ", unknown));
        }
    }

    private void examineOverlaps(List<Policy> policies) {
        for (Policy strict : policies) {
            for (Policy loose : policies) {
                boolean first = policies.indexOf(strict) < policies.indexOf(loose);
                if (strict != loose && isIdle(loose, strict) && (first || !isIdle(strict, loose))) {
                    findings.add(
                            Code.NEVER_REJECTS,
                            "policy " + loose.name() + ": policy " + strict.name()
                                    + " governs the same requests by the same key and is at least as strict");
                }
            }
        }
    }

    /** Whether the strict one always rejects first: its bucket starts no fuller and refills no faster, counted in requests. */
    private static boolean isIdle(Policy loose, Policy strict) {
        return strict.mode() == Mode.ENFORCE
                && loose.mode() == Mode.ENFORCE
                && strict.partition().toString().equals(loose.partition().toString())
                && strict.requests().covers(loose.requests())
                && (double) strict.bucket().capacity() / strict.cost()
                        <= (double) loose.bucket().capacity() / loose.cost()
                && rate(strict) <= rate(loose);
    }

    private static double rate(Policy policy) {
        return (double) policy.bucket().refillTokens() / policy.bucket().refillPeriodMicros() / policy.cost();
    }
}

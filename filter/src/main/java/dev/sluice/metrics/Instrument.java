package dev.sluice.metrics;

import java.util.List;

/**
 * What is measured: the one table of names, units and meanings. Names are those of OpenTelemetry; Micrometer has dots for
 * underscores, JMX no {@code sluice.} and the tags' values at the end. All but {@link #BREAKER_OPEN} are counters, which
 * only grow.
 */
enum Instrument {
    REQUESTS(
            "sluice.requests",
            "{request}",
            "Requests that the policy governed, each counted once for each such policy, by what became of it",
            "policy",
            "outcome"),
    DEGRADED(
            "sluice.requests.degraded",
            "{request}",
            "Those of the requests for which Redis gave no decision, by the failure mode of the policy",
            "policy",
            "mode"),
    NEAR_LIMIT(
            "sluice.requests.near_limit",
            "{request}",
            "Those of the permitted requests that left less than 20 % of the capacity in the bucket",
            "policy"),
    REMEMBERED(
            "sluice.requests.remembered",
            "{request}",
            "Requests rejected from memory: the same was rejected a moment ago, and Redis need not be asked"),
    DECISIONS(
            "sluice.store.decisions",
            "{request}",
            "Requests that asked Redis, decided or not; without those of a known outage"),
    DECISIONS_TIME("sluice.store.decisions.time", "s", "How long they waited for the answer, added up"),
    DECISIONS_WITHIN(
            "sluice.store.decisions.within",
            "{request}",
            "Those that waited at most `le` seconds, so that `histogram_quantile` can be asked",
            "le"),
    CALLS("sluice.store.calls", "{call}", "Calls sent to Redis, each for one request or for several"),
    CALLS_REQUESTS("sluice.store.calls.requests", "{request}", "Requests in these calls, added up"),
    CALLS_WITHIN("sluice.store.calls.within", "{call}", "Calls with at most `le` requests in them", "le"),
    FAULTS(
            "sluice.store.faults",
            "{fault}",
            "Calls that failed without a second try, and the store's own questions that did, by what follows",
            "kind"),
    BREAKER_OPEN(
            "sluice.store.breaker.open",
            "{breaker}",
            "0 while Redis decides; else how many of its servers are known to be unavailable and not asked");

    private final String text;
    private final String unit;
    private final String meaning;
    private final List<String> tags;

    Instrument(String text, String unit, String meaning, String... tags) {
        this.text = text;
        this.unit = unit;
        this.meaning = meaning;
        this.tags = List.of(tags);
    }

    /** {@code sluice.requests.near_limit}. */
    String text() {
        return text;
    }

    /** In UCUM, as OpenTelemetry has it: {@code {request}}, or {@code s} for seconds. */
    String unit() {
        return unit;
    }

    String meaning() {
        return meaning;
    }

    /** The names of the tags that tell its figures apart, beside those of the filter. */
    List<String> tags() {
        return tags;
    }

    boolean isGauge() {
        return this == BREAKER_OPEN;
    }

    boolean isInSeconds() {
        return this == DECISIONS_TIME;
    }
}

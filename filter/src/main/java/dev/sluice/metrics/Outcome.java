package dev.sluice.metrics;

/** What became of a request, as one of the policies that govern it sees it. */
enum Outcome {
    PERMITTED("permitted", "it passed: the policy's bucket was charged, or its failure mode let it pass"),
    REJECTED("rejected", "it was answered 429, and this policy is one that rejected it"),
    SHADOW_REJECTED("shadow-rejected", "this policy would have rejected it, were it enforced"),
    UNAVAILABLE("unavailable", "it was answered 503, because this policy rejects while Redis cannot answer"),
    UNCHARGED("uncharged", "it was answered 429 or 503 because of another policy, and this one was not charged");

    private final String text;
    private final String meaning;

    Outcome(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    String text() {
        return text;
    }

    String meaning() {
        return meaning;
    }
}

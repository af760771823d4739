package dev.sluice.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found, each once, in order. Confined to one thread. */
final class Findings {

    private final Set<Finding> findings = new LinkedHashSet<>();

    void add(Code code, String detail) {
        findings.add(new Finding(code, detail));
    }

    /** Unless something of this kind was found before, which tells more. */
    void addFirst(Code code, String detail) {
        if (!contains(code)) {
            add(code, detail);
        }
    }

    boolean contains(Code code) {
        return findings.stream().anyMatch(finding -> finding.code() == code);
    }

    long count(Code.Severity severity) {
        return findings.stream()
                .filter(finding -> finding.code().severity() == severity)
                .count();
    }

    List<Finding> all() {
        return List.copyOf(findings);
    }
}

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

    /**
     * Unless something of this kind was found before, which tells more.
     *
     * @param subject that details about the same thing begin with
     */
    void addFirst(Code code, String subject, String detail) {
        if (findings.stream()
                .noneMatch(known -> known.code() == code && known.detail().startsWith(subject))) {
            add(code, subject + detail);
        }
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

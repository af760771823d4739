package dev.sluice.check;

import dev.sluice.config.Overview;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** What a person reads: headings, rows in columns, and at the end what is wrong. Confined to one thread. */
final class Printout {

    private static final int NAME = 17;
    private static final int VALUE = 26;
    private static final int WIDTH = 110;
    private static final String INDENT = "  ";

    private final PrintStream out;
    private final String file;

    /** @param place whose file is called by its name */
    Printout(PrintStream out, Invocation.Place place) {
        this.out = out;
        this.file = place.file().map(Path::toString).orElse(ConfigurationFile.NAME);
    }

    /** Where the values come from. */
    void sources() {
        heading("configuration");
        row("sources", "system properties, environment variables, " + ConfigurationFile.NAME);
    }

    void heading(String text) {
        out.println();
        out.println(text);
    }

    void row(String name, String value) {
        out.println(INDENT + padded(name, NAME) + called(value));
    }

    void row(Overview.Entry entry) {
        row(entry.option(), padded(entry.value(), VALUE) + "(" + entry.origin() + ")");
    }

    /** Everything that is wrong, worst first, each with its cure, and a line that sums up. */
    void findings(Findings findings) {
        out.println();
        for (Code.Severity severity : Code.Severity.values()) {
            findings.all().stream()
                    .filter(finding -> finding.code().severity() == severity)
                    .forEach(this::finding);
        }
        long faults = findings.count(Code.Severity.FAULT);
        long warnings = findings.count(Code.Severity.WARNING);
        out.println(
                faults + warnings == 0
                        ? "Nothing wrong."
                        : counted(faults, "fault") + ", " + counted(warnings, "warning")
                                + ". What each code means: filter/docs/checks.md");
    }

    private void finding(Finding finding) {
        String head = padded(finding.code().severity().toString(), "WARNING ".length()) + finding.code() + INDENT;
        out.println(head + called(finding.detail()));
        String margin = " ".repeat(head.length());
        wrapped("Cure: " + finding.code().plainCure(), WIDTH - head.length())
                .forEach(line -> out.println(margin + line));
        out.println();
    }

    /** The file that takes the place of the usual one is called by its own name. */
    private String called(String text) {
        return text.replace(ConfigurationFile.NAME, file);
    }

    private static List<String> wrapped(String text, int width) {
        return text.replaceAll("(.{1," + width + "})(?: +|$)", "$1\n").lines().toList();
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String padded(String text, int width) {
        return text.length() < width ? text + " ".repeat(width - text.length()) : text + " ";
    }
}

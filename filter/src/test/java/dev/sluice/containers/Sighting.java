package dev.sluice.containers;

import dev.sluice.testing.HttpReply;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What came of one URI.
 *
 * @param uri as sent
 * @param status of the reply
 * @param ran the servlet that ran, or empty
 * @param path its servlet path and path info
 * @param policies that were charged
 * @param judged whether our filter has left its verdict
 */
record Sighting(String uri, int status, String ran, String path, List<String> policies, boolean judged) {

    private static final List<String> PROTECTED = List.of("login", "admin", "json");

    static Sighting of(String uri, HttpReply reply) {
        return new Sighting(
                uri,
                reply.status(),
                reply.field("X-Ran").orElse(""),
                reply.field("X-Servlet-Path").orElse("") + " "
                        + reply.field("X-Path-Info").orElse(""),
                ChargedPolicies.of(reply),
                reply.field("X-Verdict")
                        .filter(verdict -> !verdict.equals("null"))
                        .isPresent());
    }

    /**
     * What must not be, in a few words.
     *
     * @param ownStatuses those by which the container may answer by itself
     */
    List<String> faults(Set<Integer> ownStatuses) {
        List<String> faults = new ArrayList<>();
        if ((!ran.isEmpty() && !judged) || (PROTECTED.contains(ran) && !policies.contains(ran))) {
            faults.add("BYPASS");
        }
        if (ran.isEmpty() && !ownStatuses.contains(status)) {
            faults.add("ANSWERED OTHERWISE");
        }
        if (!ran.isEmpty() && status != 200) {
            faults.add("NOT SERVED");
        }
        return faults;
    }

    /** A row of a table. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-40.80s %3d %-8s %-30.60s %s",
                printable(uri),
                status,
                ran,
                path,
                String.join(",", policies));
    }

    private static String printable(String uri) {
        StringBuilder printable = new StringBuilder();
        for (char c : uri.toCharArray()) {
            printable.append(c > ' ' && c < 127 ? Character.toString(c) : String.format("<%02x>", (int) c));
        }
        return printable.toString();
    }
}

package dev.sluice.containers;

import dev.sluice.testing.HttpReply;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came of one URI.
 *
 * @param uri as sent
 * @param status of the reply
 * @param ran the servlet that ran, or empty
 * @param path its servlet path and path info
 * @param policies that were charged
 */
record Sighting(String uri, int status, String ran, String path, List<String> policies) {

    private static final List<String> PROTECTED = List.of("login", "admin", "json");

    static Sighting of(String uri, HttpReply reply) {
        return new Sighting(
                uri,
                reply.status(),
                reply.field("X-Ran").orElse(""),
                reply.field("X-Servlet-Path").orElse("") + " "
                        + reply.field("X-Path-Info").orElse(""),
                List.of(reply.field("X-Policies").orElse("").split(",")));
    }

    /** What must not be, in a few words. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (policies.contains("no verdict") || (PROTECTED.contains(ran) && !policies.contains(ran))) {
            faults.add("BYPASS");
        }
        if (ran.isEmpty() && status != 400 && status != 404) {
            faults.add("REFUSED OTHERWISE");
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
                "%-40.80s %3d %-8s %-30.60s %-16s %s",
                printable(uri),
                status,
                ran,
                path,
                String.join(",", policies),
                String.join(", ", faults()));
    }

    private static String printable(String uri) {
        StringBuilder printable = new StringBuilder();
        for (char c : uri.toCharArray()) {
            printable.append(c > ' ' && c < 127 ? Character.toString(c) : String.format("<%02x>", (int) c));
        }
        return printable.toString();
    }
}

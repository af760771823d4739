package dev.sluice.containers;

import dev.sluice.testing.HttpReply;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The policies that a reply names, which are those that its request was charged to, in their order. */
final class ChargedPolicies {

    private static final Pattern NAME = Pattern.compile("\"([a-z0-9-]+)\";q=");

    private ChargedPolicies() {}

    static List<String> of(HttpReply reply) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(reply.field("RateLimit-Policy").orElse(""));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}

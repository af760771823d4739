package dev.sluice.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code header:X-API-Key+path,ip}. Kinds are read in any case, names as they are. */
record PartitionExpression(Function<String, PartitionKey> customKeys) {

    private static final String EXPECTED =
            "expected ip, header:NAME, cookie:NAME, query:NAME, principal, session, path,"
                    + " host, all or the full name of a class that implements PartitionKey, joined by + and with , between"
                    + " alternatives";

    /** @throws IllegalArgumentException saying what it got and what is expected */
    List<Alternative> parse(String expression) {
        List<Alternative> alternatives = new ArrayList<>();
        for (String alternative : expression.split(",", -1)) {
            alternatives.add(alternative(alternative));
        }
        return List.copyOf(alternatives);
    }

    /** {@code all} joined with something adds nothing to it. */
    private Alternative alternative(String text) {
        boolean withAddress = false;
        List<Part> parts = new ArrayList<>();
        for (String part : text.split("\\+", -1)) {
            String word = part.strip();
            if (word.equalsIgnoreCase("ip")) {
                withAddress = true;
            } else if (!word.equalsIgnoreCase(Partition.ALL)) {
                parts.add(part(word));
            }
        }
        return new Alternative(withAddress, parts);
    }

    private Part part(String word) {
        int colon = word.indexOf(':');
        return colon < 0 ? plain(word) : named(word, lowerCase(word.substring(0, colon)), word.substring(colon + 1));
    }

    private Part plain(String word) {
        String kind = lowerCase(word);
        return switch (kind) {
            case "principal" -> new Part(kind, RequestView::principal, false);
            case "session" -> new Part(kind, RequestView::sessionId, false);
            case "path" -> new Part(kind, request -> Optional.of(PathReadings.mostForgiving(request.path())), true);
            case "host" -> new Part(kind, request -> Optional.of(lowerCase(request.host())), true);
            default -> custom(word);
        };
    }

    private static Part named(String word, String kind, String name) {
        if (!HttpToken.is(name)) {
            throw unexpected(word);
        }
        return switch (kind) {
            case "header" -> new Part(kind + ":" + lowerCase(name), request -> firstLine(request, name), true);
            case "cookie" -> new Part(kind + ":" + name, request -> request.cookie(name), true);
            case "query" -> new Part(kind + ":" + name, request -> request.query(name), true);
            default -> throw unexpected(word);
        };
    }

    private Part custom(String word) {
        if (!isClassName(word)) {
            throw unexpected(word);
        }
        return new Part("class:" + word, new CustomKey(customKeys.apply(word)), false);
    }

    /** The first line is the one an application reads; others would let a client vary what nobody checks. */
    private static Optional<String> firstLine(RequestView request, String name) {
        List<String> lines = request.headers(name);
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(0));
    }

    /** At least one package and a class; a class without a package would look like a misspelt word. */
    private static boolean isClassName(String word) {
        boolean atStart = true;
        boolean anyDot = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (atStart ? !Character.isJavaIdentifierStart(c) : c != '.' && !Character.isJavaIdentifierPart(c)) {
                return false;
            }
            atStart = c == '.';
            anyDot |= atStart;
        }
        return anyDot && !atStart;
    }

    private static IllegalArgumentException unexpected(String word) {
        return new IllegalArgumentException(EXPECTED + "; \"" + word + "\" is none of these");
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

package dev.sluice.check;

import dev.sluice.key.RequestView;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request as the command line describes it, seen as a container would show it to the filter. Immutable.
 *
 * @param path as the container chooses the servlet by: without a query, decoded
 * @param headerLines {@code Name: value}
 */
record CommandLineRequest(
        String method,
        String path,
        String queryString,
        List<String> headerLines,
        String peerAddress,
        Optional<String> principal,
        Optional<String> sessionId)
        implements RequestView {

    static CommandLineRequest of(
            String method,
            String target,
            List<String> headerLines,
            String peerAddress,
            Optional<String> principal,
            Optional<String> sessionId) {
        int query = target.indexOf('?');
        String path = (query < 0 ? target : target.substring(0, query)).replaceAll(";[^/]*", "");
        return new CommandLineRequest(
                method,
                decoded(path.replace("+", "%2B")),
                query < 0 ? "" : target.substring(query + 1),
                List.copyOf(headerLines),
                peerAddress,
                principal,
                sessionId);
    }

    @Override
    public List<String> headers(String name) {
        return headerLines.stream()
                .filter(line -> line.substring(0, line.indexOf(':')).equalsIgnoreCase(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .toList();
    }

    @Override
    public Optional<String> cookie(String name) {
        return pairs(headers("Cookie").stream().flatMap(line -> Stream.of(line.split(";"))), name);
    }

    @Override
    public Optional<String> query(String name) {
        return pairs(Stream.of(queryString.split("&")), name).map(CommandLineRequest::decoded);
    }

    @Override
    public String host() {
        String host = headers("Host").stream().findFirst().orElse("localhost");
        return host.replaceFirst(":[0-9]*$", "");
    }

    private static Optional<String> pairs(Stream<String> pairs, String name) {
        return pairs.map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}

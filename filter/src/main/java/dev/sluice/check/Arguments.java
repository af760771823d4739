package dev.sluice.check;

import dev.sluice.key.HttpToken;
import dev.sluice.key.IpAddress;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the command line. Strict: what it does not know it does not guess. Confined to one thread. */
final class Arguments {

    static final String HELP = """
            Usage: java -jar sluice-filter-VERSION-standalone.jar COMMAND [OPTION]...

            check                   reads the configuration as the filter would, says what is in force, examines the Redis
                                    that it names, and lets the script decide on scratch keys, which are removed
            explain METHOD PATH     says which policies a request meets, whose buckets it would charge, and what is left
                                    in them; takes nothing and writes nothing

            Both:
              --config FILE         a properties file in place of META-INF/microprofile-config.properties; environment
                                    variables and system properties are read too, and win
              --redis ADDRESS       in place of redis.address
            explain:
              --header 'NAME: VALUE'    of the request; as often as needed
              --peer ADDRESS        who connects (default 127.0.0.1)
              --principal NAME      who is logged in
              --session ID          of the session

            Exit code: 0 nothing wrong, or warnings only; 1 faults; 2 the command line cannot be understood.
            """;

    private final Iterator<String> words;
    private final List<String> operands = new ArrayList<>();
    private final Map<String, String> options = new TreeMap<>();
    private final List<String> headers = new ArrayList<>();

    private Arguments(List<String> words) {
        this.words = words.iterator();
    }

    /** @throws UsageException if they cannot be understood */
    static Invocation parse(List<String> words) throws UsageException {
        if (words.isEmpty()) {
            throw new UsageException("expected a command: check or explain");
        }
        if (words.contains("--help") || words.contains("-h") || words.get(0).equals("help")) {
            return new Invocation.Help();
        }
        List<String> rest = words.subList(1, words.size());
        return switch (words.get(0)) {
            case "check" -> new Arguments(rest).check();
            case "explain" -> new Arguments(rest).explain();
            default -> throw new UsageException("unknown command \"" + words.get(0) + "\"; expected check or explain");
        };
    }

    private Invocation check() throws UsageException {
        read(List.of("--config", "--redis"), false);
        if (!operands.isEmpty()) {
            throw new UsageException("check takes no \"" + operands.get(0) + "\"");
        }
        return new Invocation.Examine(place());
    }

    private Invocation explain() throws UsageException {
        read(List.of("--config", "--redis", "--peer", "--principal", "--session"), true);
        if (operands.size() != 2) {
            throw new UsageException("explain takes METHOD and PATH, such as: explain GET /api/items");
        }
        String method = operands.get(0);
        String path = operands.get(1);
        if (!HttpToken.is(method)) {
            throw new UsageException("\"" + method + "\" is no method; expected one such as GET");
        }
        if (!path.startsWith("/")) {
            throw new UsageException("\"" + path + "\" is no path; expected one such as /api/items");
        }
        String peer = options.getOrDefault("--peer", "127.0.0.1");
        if (IpAddress.parse(peer).isEmpty()) {
            throw new UsageException("--peer \"" + peer + "\" is no address; expected one such as 203.0.113.7");
        }
        return new Invocation.ExplainRequest(
                place(),
                CommandLineRequest.of(
                        method,
                        path,
                        headers,
                        peer,
                        Optional.ofNullable(options.get("--principal")),
                        Optional.ofNullable(options.get("--session"))));
    }

    private Invocation.Place place() throws UsageException {
        Optional<Path> file = Optional.ofNullable(options.get("--config")).map(Path::of);
        if (file.isPresent() && !(Files.isRegularFile(file.get()) && Files.isReadable(file.get()))) {
            throw new UsageException("--config " + file.get() + ": there is no such file, or it may not be read");
        }
        return new Invocation.Place(file, Optional.ofNullable(options.get("--redis")));
    }

    private void read(List<String> known, boolean withHeaders) throws UsageException {
        while (words.hasNext()) {
            String word = words.next();
            int equals = word.indexOf('=');
            String name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
            if (withHeaders && name.equals("--header")) {
                headers.add(header(value(word, name)));
            } else if (known.contains(name)) {
                if (options.put(name, value(word, name)) != null) {
                    throw new UsageException(name + " is given twice");
                }
            } else if (word.startsWith("-")) {
                throw new UsageException("unknown option " + word + "; --help tells those there are");
            } else {
                operands.add(word);
            }
        }
    }

    /** {@code --name value} and {@code --name=value} are the same. */
    private String value(String word, String name) throws UsageException {
        String value = word.equals(name) ? (words.hasNext() ? words.next() : "") : word.substring(name.length() + 1);
        if (value.isBlank()) {
            throw new UsageException(name + " needs a value");
        }
        return value;
    }

    private static String header(String line) throws UsageException {
        int colon = line.indexOf(':');
        if (colon < 1 || !HttpToken.is(line.substring(0, colon))) {
            throw new UsageException("--header \"" + line + "\": expected 'NAME: VALUE'");
        }
        return line;
    }
}

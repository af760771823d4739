package dev.sluice.runner;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line. What is absent is to be found elsewhere, or has a default.
 *
 * @param redis an address that {@link RedisEndpoint} can read
 */
record Arguments(
        boolean help, Optional<String> host, Optional<Integer> port, Optional<String> redis, Optional<Path> war) {

    static final String HELP = """
            Runs the Sluice demo: a web application behind a rate limit, in an embedded Jetty.

              --port N          where to listen; 0 takes any free port (default 8080; also PORT)
              --host ADDRESS    on which address (default 127.0.0.1)
              --redis ADDRESS   host, host:port, [IPv6]:port, redis:// or rediss:// URI (also REDIS_ADDRESS)
              --war PATH        another web application: a WAR file, or a folder with WEB-INF
              --help, -h        this text

            The address of Redis is the first that is found in
              1. --redis
              2. the system property ratelimit.redis.address
              3. the environment variable RATELIMIT_REDIS_ADDRESS or REDIS_ADDRESS
              4. the same names in a file .env
              5. the init-param redis.address of the filter, in WEB-INF/web.xml of the web application
              6. ratelimit.redis.address, in its WEB-INF/classes/META-INF/microprofile-config.properties
            Without one a Redis is started here, on Linux and macOS.

            Environment variables may stand in a file .env as well: REDIS_ADDRESS, REDIS_USERNAME, REDIS_PASSWORD,
            BUCKET_CAPACITY, REFILL_RATE, PORT, and all options of the filter, such as RATELIMIT_ON_FAILURE.
            """;

    private static final List<String> NAMES = List.of("--port", "--host", "--redis", "--war");

    /** @throws StartException for the first mistake */
    static Arguments parse(List<String> words) throws StartException {
        if (words.contains("--help") || words.contains("-h")) {
            return new Arguments(true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        Map<String, String> values = values(words);
        Optional<String> port = Optional.ofNullable(values.get("--port"));
        Optional<String> redis = Optional.ofNullable(values.get("--redis"));
        if (redis.isPresent() && RedisEndpoint.parse(redis.get()).isEmpty()) {
            throw StartException.argument("--redis = \"" + RedisEndpoint.masked(redis.get())
                    + "\": expected host, host:port, [IPv6]:port or a redis:// or rediss:// URI");
        }
        return new Arguments(
                false,
                Optional.ofNullable(values.get("--host")),
                port.isPresent() ? Optional.of(port("--port", port.get())) : Optional.empty(),
                redis,
                Optional.ofNullable(values.get("--war")).map(Path::of));
    }

    /** @param name by which a person knows the value */
    static int port(String name, String text) throws StartException {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw StartException.argument(name + " = \"" + text + "\": expected a number from 0 to 65535");
    }

    /** {@code --name value} and {@code --name=value}; the last one counts. */
    private static Map<String, String> values(List<String> words) throws StartException {
        Map<String, String> values = new HashMap<>();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!NAMES.contains(name)) {
                throw StartException.argument(RedisEndpoint.masked(name) + ": unknown option");
            }
            String value = equals >= 0 ? word.substring(equals + 1) : rest.hasNext() ? rest.next() : "";
            if (value.isEmpty() || value.startsWith("--")) {
                throw StartException.argument(name + ": expected a value");
            }
            values.put(name, value);
        }
        return values;
    }
}

package dev.sluice.runner;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is said about this run beside the command line, by the names and in the order that the filter knows.
 *
 * @param dotEnv the variables of the file {@code .env} that are not in the environment
 * @param war what the web application says itself, by full names
 */
record Environment(
        Map<String, String> systemProperties,
        Map<String, String> variables,
        Map<String, String> dotEnv,
        Map<String, String> war) {

    Environment {
        dotEnv = new HashMap<>(dotEnv);
        dotEnv.keySet().removeAll(variables.keySet());
    }

    /** That of this process, with {@code .env} of its working directory, without a web application. */
    static Environment read() throws StartException {
        Map<String, String> properties = new HashMap<>();
        System.getProperties().stringPropertyNames().forEach(name -> properties.put(name, System.getProperty(name)));
        return new Environment(properties, System.getenv(), DotEnv.read(Path.of(".env"), System.getenv()), Map.of());
    }

    /** The same, for this web application. */
    Environment with(Map<String, String> otherWar) {
        return new Environment(systemProperties, variables, dotEnv, otherWar);
    }

    Optional<String> variable(String name) {
        return first(List.of(variables, dotEnv), List.of(name));
    }

    /** An option of the filter, such as {@code redis.address}. */
    Optional<String> option(String name) {
        String full = "ratelimit." + name;
        String mapped = full.replaceAll("[.-]", "_");
        String bare = name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
        return first(
                List.of(systemProperties, variables, dotEnv, war),
                List.of(full, mapped, mapped.toUpperCase(Locale.ROOT), bare));
    }

    /** An empty value is no value, and hides what stands after it. */
    private static Optional<String> first(List<Map<String, String>> sources, List<String> names) {
        return sources.stream()
                .flatMap(source -> names.stream().flatMap(name -> Stream.ofNullable(source.get(name))))
                .findFirst()
                .filter(value -> !value.isEmpty());
    }
}

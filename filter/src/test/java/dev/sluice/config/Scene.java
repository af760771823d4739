package dev.sluice.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A deployment in a few lines: each says the source and what stands there.
 *
 * <pre>
 *   system   ratelimit.redis.address = a
 *   env      REDIS_ADDRESS = b
 *   dotenv   REDIS_ADDRESS = c
 *   init     redis.address = d
 *   file     ratelimit.redis.address = e
 *   file2    (another file of the same name)
 * </pre>
 */
final class Scene {

    static final String FILTER = "rate-limit";

    private final Map<String, Map<String, String>> sources = new HashMap<>();

    static Scene of(String lines) {
        Scene scene = new Scene();
        lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(scene::add);
        return scene;
    }

    private void add(String line) {
        String source = line.substring(0, line.indexOf(' '));
        String assignment = line.substring(source.length());
        int equals = assignment.indexOf('=');
        said(source)
                .put(
                        assignment.substring(0, equals).strip(),
                        assignment.substring(equals + 1).strip());
    }

    Scene with(String source, String name, String value) {
        said(source).put(name, value);
        return this;
    }

    Map<String, String> said(String source) {
        return sources.computeIfAbsent(source, each -> new HashMap<>());
    }

    Deployment deployment() {
        return deployment(Scene.class.getClassLoader());
    }

    Deployment deployment(ClassLoader application) {
        return new Deployment(FILTER, said("init"), said("dotenv"), said("env"), () -> said("system"), application);
    }

    /** What our own sources make of it, whatever MicroProfile Config there is. */
    Settings settings() {
        List<MapSource> files = new ArrayList<>();
        for (String file : List.of("file", "file2")) {
            files.add(MapSource.of(Origins.FILE, 100, new DottedNames("ratelimit"), said(file)));
        }
        Sources own = Sources.own(deployment(), "ratelimit", files);
        return new SettingsReader(own, new Mistakes(), new CustomKeys(Scene.class.getClassLoader())).read();
    }

    List<String> mistakes() {
        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, this::settings);
        return refused == null ? List.of() : refused.mistakes();
    }

    /** The first start-up line of a policy. */
    String policyLine(String policy) {
        return settings().startLines().stream()
                .filter(line -> line.startsWith("policy " + policy + ":"))
                .findFirst()
                .orElseThrow();
    }
}

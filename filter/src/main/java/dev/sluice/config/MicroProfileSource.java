package dev.sluice.config;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * MicroProfile Config, with whatever sources, expressions and profiles the application has. The only file that knows it:
 * where it is missing, loading this class fails and {@link Sources} does without.
 */
final class MicroProfileSource implements Source {

    private static final int ENVIRONMENT_ORDINAL = 300;

    private final Config config;
    private final DottedNames dotted;
    private final VariableNames variables;
    private final Map<String, String> environment;
    private final Map<String, String> dotEnv;
    private final Set<String> names = new HashSet<>();

    /** @throws RuntimeException or an error of linkage if there is no implementation or it does not work */
    MicroProfileSource(Deployment deployment, String prefix) {
        config = ConfigProvider.getConfig(deployment.application());
        dotted = new DottedNames(prefix);
        variables = new VariableNames(prefix, false);
        environment = deployment.environment();
        dotEnv = deployment.dotEnv();
        config.getPropertyNames().forEach(names::add);
        config.getConfigSources().forEach(this::addNamesOf); // SmallRye lists the names of the first time for ever
        config.getConfigValue(dotted.advised(Options.ENABLED.name())); // an old API knows names, but no such method
    }

    /** A source that cannot list its names may have values all the same. */
    private void addNamesOf(ConfigSource source) {
        try {
            Optional.ofNullable(source.getPropertyNames()).ifPresent(names::addAll);
        } catch (RuntimeException | LinkageError unlisted) {
            // What it has is found all the same by the names of the table, and by those that others list.
        }
    }

    /** {@code io.smallrye.config.SmallRyeConfig}. */
    String implementation() {
        return config.getClass().getName();
    }

    @Override
    public Optional<Given> find(String option) {
        String name = dotted.advised(option);
        try {
            return given(option, name, config.getConfigValue(name));
        } catch (RuntimeException | LinkageError failure) {
            Optional<String> flaw = Optional.of("cannot be read: " + failure.getMessage());
            return Optional.of(new Given(name, "", Origins.MICROPROFILE, ENVIRONMENT_ORDINAL, flaw));
        }
    }

    /** What stands there for an option, expressions not expanded; empty if nothing does, or if it cannot be read. */
    Optional<String> written(String option) {
        return writtenBy(dotted.advised(option));
    }

    private Optional<String> writtenBy(String name) {
        try {
            ConfigValue found = config.getConfigValue(name);
            return Optional.ofNullable(found.getRawValue()).or(() -> Optional.ofNullable(found.getValue()));
        } catch (RuntimeException | LinkageError unreadable) {
            return Optional.empty();
        }
    }

    private Optional<Given> given(String option, String name, ConfigValue found) {
        if (found.getValue() == null && found.getRawValue() == null) {
            return Optional.empty();
        }
        String source = Optional.ofNullable(found.getSourceName()).orElse(Origins.MICROPROFILE);
        Optional<String> variable = variable(option, source);
        Optional<String> flaw = found.getValue() == null
                ? Optional.of("holds an expression that MicroProfile Config cannot expand")
                : Optional.empty();
        return Optional.of(new Given(
                variable.orElse(name),
                found.getValue() == null ? found.getRawValue() : found.getValue(),
                variable.isPresent() ? Origins.ENVIRONMENT : origin(source),
                found.getSourceOrdinal(),
                flaw));
    }

    /** The variable that it was read from, if it was. */
    private Optional<String> variable(String option, String source) {
        return !isFile(source) && source.toLowerCase(Locale.ROOT).contains("env")
                ? variables.of(option).stream().filter(environment::containsKey).findFirst()
                : Optional.empty();
    }

    /** Implementations call the three usual sources by different names. */
    private static String origin(String source) {
        if (isFile(source)) {
            return Origins.FILE;
        }
        String letters = source.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return letters.startsWith("sysprop") || letters.startsWith("systemprop")
                ? Origins.SYSTEM_PROPERTY
                : Quoted.escaped(source);
    }

    private static boolean isFile(String source) {
        return source.contains("microprofile-config.properties");
    }

    @Override
    public List<Mention> mentions() {
        List<Mention> mentions = new ArrayList<>();
        for (String name : names) {
            dotted.optionOf(name)
                    .filter(option -> !isEcho(option))
                    .ifPresent(option -> mentions.add(mention(name, option, Origins.MICROPROFILE, dotted)));
            if (dotted.optionOf(name).isEmpty()) {
                variables
                        .optionOf(name)
                        .ifPresent(option -> mentions.add(mention(name, option, variableOrigin(name), variables)));
            }
        }
        return mentions;
    }

    private Mention mention(String name, String option, String origin, Spelling spelling) {
        return new Mention(name, writtenBy(name).orElse(""), option, origin, spelling);
    }

    private String variableOrigin(String name) {
        if (environment.containsKey(name)) {
            return Origins.ENVIRONMENT;
        }
        return dotEnv.containsKey(name) ? Origins.DOT_ENV : Origins.MICROPROFILE;
    }

    /** SmallRye lists {@code RATELIMIT_PORT} a second time as {@code ratelimit.port}, which nobody wrote. */
    private boolean isEcho(String option) {
        String name = dotted.advised(option);
        return variables.of(option).stream()
                .anyMatch(variable ->
                        !variable.equals(name) && (names.contains(variable) || environment.containsKey(variable)));
    }
}

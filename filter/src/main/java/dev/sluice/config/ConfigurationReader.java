package dev.sluice.config;

import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;

/**
 * Reads the configuration of one filter, at start and again whenever asked. Confined to one thread at a time.
 *
 * <pre>{@code
 * ConfigurationReader reader = new ConfigurationReader(Deployment.of(filterName, initParams, dotEnv, classLoader));
 * Settings settings = reader.read();
 * }</pre>
 */
public final class ConfigurationReader {

    private final Deployment deployment;
    private final CustomKeys customKeys;
    private Optional<List<MapSource>> filesAtStart = Optional.empty();
    private boolean microProfileInUse;

    public ConfigurationReader(Deployment deployment) {
        this.deployment = deployment;
        this.customKeys = new CustomKeys(deployment.application());
    }

    /**
     * What the configuration says now.
     *
     * @throws ConfigurationException if it cannot be used: with every mistake at once
     */
    public Settings read() {
        Mistakes mistakes = new Mistakes();
        Sources sources = sources(prefix(mistakes), mistakes);
        return new SettingsReader(sources, mistakes, customKeys).read();
    }

    /** Whether rate limiting is switched on; what cannot be read does not switch it off. */
    public boolean isEnabled() {
        Mistakes mistakes = new Mistakes();
        Sources sources = sources(prefix(mistakes), mistakes);
        return new Values(sources, mistakes).of(Options.ENABLED).get();
    }

    private String prefix(Mistakes mistakes) {
        String fallback = Options.PREFIX.fallback().orElseThrow();
        String name = Options.PREFIX.name();
        String prefix = deployment.initParams().getOrDefault(name, "").strip();
        if (prefix.isEmpty()) {
            return fallback;
        }
        try {
            return Options.PREFIX.format().read(prefix);
        } catch (BadValueException bad) {
            Given given = new Given(name, prefix, Origins.initParam(deployment.filterName()), 0);
            mistakes.add(Options.PREFIX, given, bad.getMessage());
            return fallback;
        }
    }

    /** Once MicroProfile Config was in use, a failure of it is a mistake and no reason to go on with less. */
    private Sources sources(String prefix, Mistakes mistakes) {
        List<MapSource> files = PropertyFiles.read(deployment.application(), new DottedNames(prefix), mistakes);
        if (filesAtStart.isEmpty()) {
            filesAtStart = Optional.of(files);
        }
        try {
            Sources sources = Sources.microProfile(deployment, prefix, filesAtStart.get(), files);
            microProfileInUse = true;
            return sources;
        } catch (RuntimeException | LinkageError | ServiceConfigurationError absent) {
            if (microProfileInUse) {
                mistakes.add(Origins.MICROPROFILE + ": was in use and does not work any more: " + absent);
            }
            return Sources.own(deployment, prefix, files).insteadOfMicroProfile(absent, deployment.application());
        }
    }
}

package dev.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is said of one filter, by whom. Confined to one reading.
 *
 * @param description who is asked, for people
 * @param sources where two have the same ordinal, the first wins
 */
record Sources(String description, List<Source> sources) {

    private static final int SYSTEM_PROPERTIES = 400;
    private static final int ENVIRONMENT = 300;
    private static final int DOT_ENV = 295;
    private static final int INIT_PARAMS = 200;

    /** Everything by ourselves: the same names in the same order as MicroProfile Config. */
    static Sources own(Deployment deployment, String prefix, List<MapSource> files) {
        List<Source> sources = new ArrayList<>();
        sources.add(MapSource.of(
                Origins.SYSTEM_PROPERTY,
                SYSTEM_PROPERTIES,
                new DottedNames(prefix),
                deployment.systemProperties().get()));
        sources.addAll(local(deployment, prefix, false));
        sources.addAll(files);
        return new Sources("system properties, environment variables, init-params and " + Origins.FILE, sources);
    }

    /**
     * MicroProfile Config, and what it cannot know.
     *
     * @throws RuntimeException or {@link LinkageError} or {@link java.util.ServiceConfigurationError}, if it is not there
     *     or does not work
     */
    static Sources microProfile(
            Deployment deployment, String prefix, List<MapSource> filesAtStart, List<MapSource> files) {
        MicroProfileSource microProfile = new MicroProfileSource(deployment, prefix);
        List<Source> sources = new ArrayList<>();
        sources.add(new ReloadedFiles(microProfile, microProfile::written, filesAtStart, files));
        sources.addAll(local(deployment, prefix, true));
        return new Sources(Origins.MICROPROFILE + " (" + microProfile.implementation() + ") and init-params", sources);
    }

    /** The same, saying why MicroProfile Config is not asked, if that is any news: most servers just have none. */
    Sources insteadOfMicroProfile(Throwable absent, ClassLoader application) {
        return MicroProfileAbsence.reason(absent, application)
                .map(reason -> new Sources(description + " (" + reason + ")", sources))
                .orElse(this);
    }

    private static List<Source> local(Deployment deployment, String prefix, boolean bareOnly) {
        Map<String, String> initParams = deployment.initParams();
        return List.of(
                MapSource.of(
                        Origins.ENVIRONMENT,
                        ENVIRONMENT,
                        new VariableNames(prefix, bareOnly),
                        deployment.environment()),
                MapSource.of(Origins.DOT_ENV, DOT_ENV, new VariableNames(prefix, false), deployment.dotEnv()),
                MapSource.of(
                        Origins.initParam(deployment.filterName()), INIT_PARAMS, new ParameterNames(), initParams));
    }

    /** What wins for an option; it may be empty, and then nothing lower counts either. */
    Optional<Given> find(String option) {
        return winner(sources, option);
    }

    static Optional<Given> winner(List<? extends Source> sources, String option) {
        Optional<Given> best = Optional.empty();
        for (Source source : sources) {
            Optional<Given> given = source.find(option);
            if (given.isPresent()
                    && (best.isEmpty() || given.get().ordinal() > best.get().ordinal())) {
                best = given;
            }
        }
        return best;
    }

    /** Every name anywhere that looks like one of ours. */
    List<Mention> mentions() {
        return sources.stream().flatMap(source -> source.mentions().stream()).toList();
    }
}

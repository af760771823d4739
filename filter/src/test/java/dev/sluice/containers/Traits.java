package dev.sluice.containers;

import dev.sluice.containers.child.Setting;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is to be known of a container before it runs. Confined to one thread while it is described. */
final class Traits {

    /** What Tomcat's own script opens, to look for leaks. */
    static final String[] OPENED_BY_TOMCAT = {
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
        "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED"
    };

    private final String title;
    private final String version;
    private final String servlet;
    private final String launcher;
    private final String folder;
    private final Set<Setting> settings = EnumSet.of(Setting.PLAIN);
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<Promise, String> broken = new EnumMap<>(Promise.class);
    private final Map<Promise, String> kept = new EnumMap<>(Promise.class);
    private final Set<Integer> ownStatuses = new TreeSet<>(List.of(400, 404));
    private final Set<String> unfiltered = new TreeSet<>();
    private Optional<String> agent = Optional.empty();
    private boolean tellsItsVersion = true;
    private boolean asyncDispatchesRace;
    private boolean onDemand;
    private boolean flat;
    private String quirk = "";
    private String line = "nothing: copy the jar";

    /**
     * @param version the property of the build that holds it
     * @param servlet version of the API
     * @param folder of its jars
     * @param launcher its main class, or a source in {@code src/test/containers}
     */
    Traits(String title, String version, String servlet, String folder, String launcher) {
        this.title = title;
        this.version = version;
        this.servlet = servlet;
        this.folder = folder;
        this.launcher = launcher;
    }

    /** Not in every build, but in the profile {@code containers}. */
    Traits onDemand() {
        onDemand = true;
        return this;
    }

    /** The application, and our jar, are on the class path of the JVM. */
    Traits flat() {
        flat = true;
        return this;
    }

    /** Applications are told of another version, or of none. */
    Traits versionUntold() {
        tellsItsVersion = false;
        return this;
    }

    /** @param statuses of its own answers to strange URIs, beside 400 and 404 */
    Traits answersItself(Integer... statuses) {
        ownStatuses.addAll(List.of(statuses));
        return this;
    }

    /** Answers some of many asynchronous dispatches at once twice or never, whatever filters there are. */
    Traits asyncDispatchesRace() {
        asyncDispatchesRace = true;
        return keeps("yes; asynchronous ones race there", Promise.DISPATCHES);
    }

    /** @param uri for which it runs a servlet and no filter */
    Traits unfiltered(String uri) {
        unfiltered.add(uri);
        return this;
    }

    Traits with(Setting... more) {
        settings.addAll(List.of(more));
        return this;
    }

    Traits jvm(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /** @param jar of its folder */
    Traits agent(String jar) {
        agent = Optional.of(jar);
        return this;
    }

    /** @param why it cannot be, in one short phrase */
    Traits without(String why, Promise... promises) {
        for (Promise promise : promises) {
            broken.put(promise, why);
        }
        return this;
    }

    /** @param how it is kept there, if there is more to say than yes */
    Traits keeps(String how, Promise promise) {
        kept.put(promise, how);
        return this;
    }

    Traits quirk(String sentence) {
        quirk = sentence;
        return this;
    }

    /** @param markdown what a user has to add there */
    Traits line(String markdown) {
        line = markdown;
        return this;
    }

    String title() {
        return title;
    }

    /** The property of the build that holds it. */
    String version() {
        return version;
    }

    boolean tellsItsVersion() {
        return tellsItsVersion;
    }

    String servlet() {
        return servlet;
    }

    String folder() {
        return folder;
    }

    String launcher() {
        return launcher;
    }

    boolean isOnDemand() {
        return onDemand;
    }

    boolean isFlat() {
        return flat;
    }

    Set<Integer> ownStatuses() {
        return ownStatuses;
    }

    boolean doAsyncDispatchesRace() {
        return asyncDispatchesRace;
    }

    Set<String> unfiltered() {
        return unfiltered;
    }

    Set<Setting> settings() {
        return settings;
    }

    Optional<String> agent() {
        return agent;
    }

    List<String> jvmOptions() {
        return jvmOptions;
    }

    /** Empty if it keeps the promise. */
    Optional<String> reasonAgainst(Promise promise) {
        return Optional.ofNullable(broken.get(promise));
    }

    /** The cell of the table. */
    String cell(Promise promise) {
        return reasonAgainst(promise).orElse(kept.getOrDefault(promise, "yes"));
    }

    String quirk() {
        return quirk;
    }

    String line() {
        return line;
    }
}

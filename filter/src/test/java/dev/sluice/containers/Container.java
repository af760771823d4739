package dev.sluice.containers;

import dev.sluice.containers.child.Setting;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static dev.sluice.containers.child.Setting.BEHIND_PROXY;
import static dev.sluice.containers.child.Setting.DECODED;
import static dev.sluice.containers.child.Setting.IPV6;
import static dev.sluice.containers.child.Setting.UNDECODED;
import static dev.sluice.containers.child.Setting.VIRTUAL_THREADS;

/** The containers of the matrix: the rows of {@code docs/containers.md}. */
enum Container {
    JETTY_12_0(jetty("12.0", "jetty-12.0.version", "EE 10", "6.0", "jetty-12.0-ee10", "JettyEe10")),
    JETTY_12_1_EE10(jetty("12.1", "jetty.version", "EE 10", "6.0", "jetty-12.1-ee10", "JettyEe10")),
    JETTY_12_1_EE11(jetty("12.1", "jetty.version", "EE 11", "6.1", "jetty-12.1-ee11", "JettyEe11")),
    TOMCAT_10_1(tomcat("10.1", "tomcat-10.1.version", "6.0")),
    TOMCAT_11(tomcat("11", "tomcat-11.version", "6.1")),
    UNDERTOW(new Traits("Undertow 2.3", "undertow.version", "6.0", "undertow-2.3", "EmbeddedUndertow.java")
            .with(BEHIND_PROXY, IPV6)
            .answersItself(500) // an absolute URI with a user name
            .without("knows no WARs", Promise.DEMO_WAR)
            .keeps("yes, registered in code", Promise.JAR_ALONE)
            .without("has none", Promise.VIRTUAL_THREADS)
            .quirk("It knows no WARs, so nothing is found in jars.")
            .line("`Servlets.filter(\"rate-limit\", RateLimitFilter.class).setAsyncSupported(true)` and "
                    + "`addFilterUrlMapping(\"rate-limit\", \"/*\", DispatcherType.REQUEST)`")),
    SPRING_BOOT_3(springBoot("3", "spring-boot-3.version", "6.0")),
    SPRING_BOOT_4(springBoot("4", "spring-boot-4.version", "6.1")),
    GLASSFISH_7(new Traits("GlassFish 7", "glassfish.version", "6.0", "glassfish-7", "EmbeddedGlassFish.java")
            .onDemand()
            .versionUntold()
            .jvm(
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED")
            .with(IPV6)
            .answersItself(301, 500, 503)
            .asyncDispatchesRace()
            .without("threads keep the filters of a last request", Promise.REDEPLOY)
            .without("reads no such header field", Promise.FORWARDED_BY_CONTAINER)
            .without("has none", Promise.VIRTUAL_THREADS)
            .quirk("It heeds fragments of jars under `metadata-complete`, too.")),
    PAYARA_6(new Traits("Payara Micro 6", "payara.version", "6.0", "payara-micro-6", "EmbeddedPayaraMicro.java")
            .onDemand()
            .versionUntold()
            .with(IPV6)
            .asyncDispatchesRace()
            .answersItself(200, 301) // a page of its own, for URIs that are none
            .without("reads no such header field", Promise.FORWARDED_BY_CONTAINER)
            .without("has none", Promise.VIRTUAL_THREADS)
            .quirk("Its own MicroProfile Config is used. A WAR with the whole of `smallrye-config` does not deploy; "
                    + "`smallrye-config-core` does.")),
    TOMEE_9(tomee("9", "tomee-9.version", "5.0")),
    TOMEE_10(tomee("10", "tomee-10.version", "6.0")),
    LIBERTY_26(
            new Traits("Open Liberty 26", "liberty.version", "6.0", "liberty-26/wlp/bin/tools", "EmbeddedLiberty.java")
                    .onDemand()
                    .agent("ws-javaagent.jar")
                    .with(BEHIND_PROXY, IPV6)
                    .answersItself(500)
                    .unfiltered("*")
                    .keeps("yes, but `GET *` passes by all filters", Promise.PATHS)
                    .without("has none", Promise.VIRTUAL_THREADS)
                    .quirk(
                            "With the feature `mpConfig` its own MicroProfile Config is used. A WAR with the whole of `smallrye-config` does "
                                    + "not deploy; `smallrye-config-core` does.")),
    QUARKUS_3(new Traits("Quarkus 3", "quarkus.version", "4.0", "quarkus-3", "EmbeddedQuarkus.java")
            .onDemand()
            .versionUntold()
            .with(BEHIND_PROXY, IPV6)
            .without("deploys no WARs", Promise.DEMO_WAR, Promise.TWO_WARS, Promise.REDEPLOY, Promise.FROZEN_REDIS)
            .without(
                    "built around one application",
                    Promise.REJECTION,
                    Promise.ERROR_PAGE,
                    Promise.METHODS,
                    Promise.PATHS,
                    Promise.DISPATCHES)
            .without("not offered to servlets", Promise.VIRTUAL_THREADS)
            .quirk("It calls `init()` of filters before its configuration of run time is there.")
            .line("`quarkus-undertow`, and the jar as a dependency"));

    private static final String LAUNCHERS = "dev.sluice.containers.child.";

    private final Traits traits;

    Container(Traits traits) {
        this.traits = traits;
    }

    /** Those of every build, or under the profile {@code containers} the others. */
    static Stream<Container> ofThisRun() {
        boolean onDemand = System.getProperty("containers.which", "every-build").equals("on-demand");
        return Arrays.stream(values()).filter(container -> container.traits.isOnDemand() == onDemand);
    }

    Traits traits() {
        return traits;
    }

    boolean keeps(Promise promise) {
        return traits.reasonAgainst(promise).isEmpty() && promise.canBeTested();
    }

    boolean has(Setting setting) {
        return traits.settings().contains(setting);
    }

    boolean isJetty() {
        return name().startsWith("JETTY");
    }

    /** Of a JVM in which it, and nothing of ours, is on the class path. */
    List<String> command(Path java) {
        List<String> command = new ArrayList<>(
                List.of(java.toString(), "-Xmx512m", "-Dfile.encoding=UTF-8", "-Djava.io.tmpdir=" + Folders.work()));
        command.addAll(traits.jvmOptions());
        traits.agent()
                .ifPresent(jar ->
                        command.add("-javaagent:" + Folders.of(traits.folder()).resolve(jar)));
        command.addAll(List.of("-cp", classPath()));
        command.add(
                traits.launcher().endsWith(".java")
                        ? Folders.launcher(traits.launcher()).toString()
                        : LAUNCHERS + traits.launcher());
        return command;
    }

    private String classPath() {
        List<Path> path = new ArrayList<>(
                List.of(Folders.launchers(), Folders.of(traits.folder()).resolve("*")));
        if (traits.isFlat()) {
            path.addAll(List.of(Folders.standaloneJar(), Folders.strangers()));
        }
        return path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public String toString() {
        return traits.title();
    }

    private static Traits jetty(
            String release, String version, String platform, String servlet, String folder, String launcher) {
        return new Traits("Jetty " + release + " " + platform, version, servlet, folder, launcher)
                .with(DECODED, UNDECODED, BEHIND_PROXY, IPV6, VIRTUAL_THREADS)
                .quirk(
                        "`ForwardedRequestCustomizer` takes the left-most address, which any client can write: leave it out "
                                + "and name your proxies in `trusted-proxies`.");
    }

    private static Traits springBoot(String release, String version, String servlet) {
        return new Traits(
                        "Spring Boot " + release, version, servlet, "spring-boot-" + release, "EmbeddedSpringBoot.java")
                .flat()
                .versionUntold()
                .keeps("yes, as a bean", Promise.JAR_ALONE)
                .with(BEHIND_PROXY, IPV6, VIRTUAL_THREADS)
                .without("is one application", Promise.DEMO_WAR, Promise.TWO_WARS, Promise.REDEPLOY)
                .quirk(
                        "It looks for no initializers in jars. With `server.forward-headers-strategy` it reads forwarded header fields itself.")
                .line("the bean below");
    }

    private static Traits tomee(String release, String version, String servlet) {
        return new Traits("TomEE " + release, version, servlet, "tomee-" + release, "EmbeddedTomee.java")
                .onDemand()
                .versionUntold()
                .jvm(Traits.OPENED_BY_TOMCAT)
                .with(BEHIND_PROXY, IPV6)
                .without("not offered", Promise.VIRTUAL_THREADS)
                .without("it sets a security policy, which is no more", Promise.JDK_25)
                .quirk("As Tomcat, on which it stands.");
    }

    private static Traits tomcat(String release, String version, String servlet) {
        return new Traits("Tomcat " + release, version, servlet, "tomcat-" + release, "EmbeddedTomcat")
                .jvm(Traits.OPENED_BY_TOMCAT)
                .with(DECODED, UNDECODED, BEHIND_PROXY, IPV6, VIRTUAL_THREADS)
                .quirk(
                        "`RemoteIpValve` hands on addresses as they were sent, with ports and brackets; the filter reads them all the same.");
    }
}

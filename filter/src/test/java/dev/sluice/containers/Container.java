package dev.sluice.containers;

import dev.sluice.RateLimitFilter;
import dev.sluice.containers.child.EmbeddedTomcat;
import dev.sluice.containers.child.JettyEe10;
import dev.sluice.containers.child.JettyEe11;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The containers of the matrix. The build puts the jars of each into folders below {@code target/containers}. */
enum Container {
    JETTY_12_1_EE10(JettyEe10.class, "jetty-12.1", "jetty-12.1-ee10"),
    JETTY_12_1_EE11(JettyEe11.class, "jetty-12.1", "jetty-12.1-ee11"),
    TOMCAT_10_1(EmbeddedTomcat.class, "tomcat-10.1"),
    TOMCAT_11(EmbeddedTomcat.class, "tomcat-11");

    private static final Path FOLDERS = Path.of("target", "containers");

    private final Class<?> main;
    private final List<String> folders;

    Container(Class<?> main, String... folders) {
        this.main = main;
        this.folders = List.of(folders);
    }

    boolean isJetty() {
        return main != EmbeddedTomcat.class;
    }

    Class<?> main() {
        return main;
    }

    /** Where it may leave files behind; {@code mvn clean} removes them. */
    Path workFolder() {
        try {
            return Files.createDirectories(FOLDERS.resolve("work")).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The filter, what it needs, this container, and the classes of the tests, but none of the jars of the tests. */
    String classPath() {
        return Stream.concat(
                        Stream.of(locationOf(RateLimitFilter.class), locationOf(main)),
                        Stream.concat(Stream.of("sluice"), folders.stream()).map(Container::jarsIn))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String jarsIn(String folder) {
        Path jars = FOLDERS.resolve(folder);
        if (!Files.isDirectory(jars)) {
            throw new IllegalStateException(
                    jars.toAbsolutePath() + " is not there: run mvn pre-integration-test -pl filter -DskipTests");
        }
        return jars + File.separator + "*";
    }

    private static String locationOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

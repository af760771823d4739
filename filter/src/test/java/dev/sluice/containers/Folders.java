package dev.sluice.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Where the build has put what containers run with. Another module says by {@code filter.folder} where that is. */
final class Folders {

    private static final Path MODULE =
            Path.of(System.getProperty("filter.folder", "")).toAbsolutePath().normalize();
    private static final Path CONTAINERS = MODULE.resolve("target/containers");
    private static final Path CLASSES = MODULE.resolve("target/test-classes");

    /** The package of those who know nothing of us. */
    static final String STRANGERS = "com/example/stranger";

    /** Written once in each run: containers have them open. */
    private static final Map<String, Path> JARS = new ConcurrentHashMap<>();

    private Folders() {}

    /** Where containers may leave files behind; {@code mvn clean} removes them. */
    static Path work() {
        try {
            return Files.createDirectories(CONTAINERS.resolve("work"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path of(String container) {
        return existing(CONTAINERS.resolve(container));
    }

    /** The source of a launcher that is not compiled with the tests. */
    static Path launcher(String file) {
        return existing(MODULE.resolve("src/test/containers").resolve(file));
    }

    /** What a launcher shows to readers of the page, as if it stood by itself. */
    static String example(String launcher) {
        String source = read(launcher(launcher));
        return source.substring(source.indexOf("// docs\n") + "// docs\n".length(), source.indexOf("        // end"))
                .stripIndent();
    }

    /** The text of those that name the containers. */
    static List<String> poms() {
        return Stream.of("src/test/containers/pom.xml", "../pom.xml")
                .map(MODULE::resolve)
                .map(Folders::read)
                .toList();
    }

    static Path standaloneJar() {
        try (Stream<Path> jars = Files.list(MODULE.resolve("target"))) {
            return jars.filter(jar -> jar.toString().endsWith("-standalone.jar"))
                    .findAny()
                    .orElseThrow(() -> notThere(MODULE.resolve("target/*-standalone.jar")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class files of a package of the tests. */
    static List<Path> classesOf(String packageFolder) {
        try (Stream<Path> classes = Files.list(CLASSES.resolve(packageFolder))) {
            return classes.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What launchers need in the JVM of a container, and nothing else of the tests. */
    static Path launchers() {
        return JARS.computeIfAbsent("launchers.jar", name -> jar(name, "dev/sluice/containers/child"));
    }

    static Path strangers() {
        return JARS.computeIfAbsent("strangers.jar", name -> jar(name, STRANGERS));
    }

    private static Path jar(String name, String packageFolder) {
        Path jar = work().resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Path each : classesOf(packageFolder)) {
                out.putNextEntry(new ZipEntry(packageFolder + "/" + each.getFileName()));
                Files.copy(each, out);
                out.closeEntry();
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path existing(Path path) {
        if (Files.exists(path)) {
            return path;
        }
        throw notThere(path);
    }

    private static IllegalStateException notThere(Path path) {
        return new IllegalStateException(path + " is not there: run mvn pre-integration-test -pl filter -DskipTests");
    }
}

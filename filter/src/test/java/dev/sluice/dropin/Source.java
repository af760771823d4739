package dev.sluice.dropin;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Java sources that are compiled with other libraries than those of the tests. */
final class Source {

    private static final Path CONTAINERS = Path.of("target", "containers").toAbsolutePath();

    private Source() {}

    /** Compiles a file; it also sees the servlet API. */
    static void compile(Path file, List<Path> libraries, Path to) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Files.createDirectories(to);
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(to));
            files.setLocationFromPaths(
                    StandardLocation.CLASS_PATH,
                    Stream.concat(libraries.stream(), jars("tomcat-10.1").stream())
                            .toList());
            assertThat(compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(file))
                            .call())
                    .as("compiles " + file)
                    .isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the build has put into a folder below {@code target/containers}. */
    static List<Path> jars(String folder) {
        try (Stream<Path> jars = Files.list(CONTAINERS.resolve(folder))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.sluice.dropin;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** What is in the jar to drop in, and what is not. */
class StandaloneJarIT {

    private static final long MOST_BYTES = 3_500_000;
    private static final Path DEPENDENCIES = Path.of("target", "containers", "sluice");
    private static final String SLF4J = "dev.sluice.shaded.org.slf4j.";

    @Test
    void isSmall() throws IOException {
        assertThat(Files.size(StandaloneJar.path())).isLessThan(MOST_BYTES);
    }

    @Test
    void holdsNothingThatAnApplicationCouldMeet() throws IOException {
        assertThat(names(StandaloneJar.path()))
                .filteredOn(name -> !name.startsWith("dev/sluice/"))
                .containsExactlyInAnyOrder(
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "META-INF/licenses/jedis.txt",
                        "META-INF/licenses/redis-authx-core.txt",
                        "META-INF/licenses/slf4j-api.txt",
                        "META-INF/services/jakarta.servlet.ServletContainerInitializer",
                        "META-INF/services/dev.sluice.shaded.org.slf4j.spi.SLF4JServiceProvider");
        assertThat(names(StandaloneJar.path()))
                .filteredOn(name -> !name.endsWith(".class") && name.startsWith("dev/sluice/shaded/"))
                .containsExactly(
                        "dev/sluice/shaded/redis/clients/jedis/pom.properties"); // Jedis tells Redis its version
    }

    @Test
    void holdsOursAsItIsInTheOtherJar() throws IOException {
        assertThat(names(StandaloneJar.path()))
                .containsAll(names(StandaloneJar.thin()).stream()
                        .filter(name -> name.startsWith("dev/sluice/"))
                        .toList());
    }

    @Test
    void lacksNoClassButThoseOfTheContainerAndAnnotations() {
        StringWriter missing = new StringWriter();
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(missing),
                        new PrintWriter(missing),
                        "--missing-deps",
                        StandaloneJar.path().toString());
        List<String> classes = Pattern.compile("-> (\\S+[.]\\S+)")
                .matcher(missing.toString())
                .results()
                .map(line -> line.group(1))
                .toList();
        assertThat(classes)
                .contains("jakarta.servlet.Filter")
                .allMatch(name -> name.startsWith("jakarta.servlet.")
                        || name.startsWith("org.eclipse.microprofile.config.")
                        || name.startsWith("io.micrometer.core.")
                        || name.startsWith("io.opentelemetry.api.")
                        || name.contains(".annotations."));
    }

    @Test
    void isAModuleOfAFixedName() {
        for (Path jar : List.of(StandaloneJar.path(), StandaloneJar.thin())) {
            assertThat(ModuleFinder.of(jar).findAll())
                    .extracting(ModuleReference::descriptor)
                    .extracting(descriptor -> descriptor.name() + " " + descriptor.isAutomatic())
                    .as(jar.toString())
                    .containsExactly("dev.sluice true");
        }
    }

    @Test
    void namesWhatItHoldsAndKeepsTheLicences() throws IOException {
        String notice = text("META-INF/NOTICE");
        List<String> named = Pattern.compile("(?m)^[a-z0-9.-]+:([a-z0-9-]+):(.+)$")
                .matcher(notice)
                .results()
                .map(library -> library.group(1) + "-" + library.group(2) + ".jar")
                .toList();
        try (Stream<Path> jars = Files.list(DEPENDENCIES)) {
            assertThat(jars.map(jar -> jar.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }
        assertThat(Pattern.compile("META-INF/[A-Za-z/0-9.-]+")
                        .matcher(notice)
                        .results()
                        .map(MatchResult::group))
                .isNotEmpty()
                .isSubsetOf(names(StandaloneJar.path()));
        assertThat(text("META-INF/LICENSE")).contains("Apache License", "Version 2.0");
    }

    @Test
    void handsWhatJedisLogsToTheSystemLogger() throws Exception {
        String name = "dev.sluice.shaded.test";
        Logger logger = Logger.getLogger(name);
        Records records = new Records();
        logger.addHandler(records);
        logger.setUseParentHandlers(false);
        System.setProperty("slf4j.provider", "com.example.OfTheApplication"); // none of ours
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {StandaloneJar.path().toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Object ours = loader.loadClass(SLF4J + "LoggerFactory")
                    .getMethod("getLogger", String.class)
                    .invoke(null, name);
            assertThat(ours.getClass().getName()).isEqualTo("dev.sluice.standalone.SystemLogger");
            Class<?> type = loader.loadClass(SLF4J + "Logger");
            assertThat(type.getMethod("isDebugEnabled").invoke(ours)).isEqualTo(false);
            type.getMethod("debug", String.class).invoke(ours, "unheard");
            type.getMethod("info", String.class, Object.class).invoke(ours, "to {}", "Redis");
            type.getMethod("warn", String.class, Throwable.class).invoke(ours, "lost", new IOException("reset"));
        } finally {
            System.clearProperty("slf4j.provider");
            logger.removeHandler(records);
        }
        assertThat(records.lines).containsExactly("INFO to Redis null", "WARNING lost java.io.IOException: reset");
    }

    private static List<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }

    private static String text(String name) throws IOException {
        try (JarFile file = new JarFile(StandaloneJar.path().toFile())) {
            return new String(file.getInputStream(file.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static final class Records extends Handler {

        private final List<String> lines = new ArrayList<>();

        Records() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord record) {
            lines.add(record.getLevel() + " " + record.getMessage() + " " + record.getThrown());
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}

package dev.sluice.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/** Nobody needs MicroProfile Config: the filter's classes in an application that has none of it, or only half. */
class WithoutMicroProfileTest {

    private static final String OWN = "configuration from system properties, environment variables, init-params and"
            + " META-INF/microprofile-config.properties";

    @TempDir
    Path folder;

    @Test
    void readsByItselfWithoutTheApi() throws Exception {
        checkTenLines(OWN, name -> name.startsWith("org.eclipse.microprofile.") || name.startsWith("io.smallrye."));
    }

    @Test
    void readsByItselfWithAnApiThatNobodyImplements() throws Exception {
        checkTenLines(
                OWN + " (MicroProfile Config does not work here: java.lang.IllegalStateException:"
                        + " No ConfigProviderResolver implementation found!)",
                name -> name.startsWith("io.smallrye."));
    }

    @Test
    void readsByItselfWithAnImplementationThatIsIncomplete() throws Exception {
        checkTenLines(
                OWN + " (MicroProfile Config does not work here: java.lang.NoClassDefFoundError:"
                        + " io/smallrye/config/SmallRyeConfigBuilder)",
                name -> name.startsWith("io.smallrye.config.SmallRyeConfigBuilder"));
    }

    @Test
    void readsByItselfWithAnImplementationThatFitsNoLibrary() throws Exception {
        checkTenLines(
                OWN + " (MicroProfile Config does not work here: java.lang.NoClassDefFoundError:"
                        + " org/jboss/logging/BasicLogger)",
                name -> name.startsWith("org.jboss.logging."));
    }

    @Test
    void saysThatTheOneOfTheApplicationIsOutOfSight() throws Exception {
        write(TenLinesTest.TEN_LINES);
        try (Application server = application(name -> name.startsWith("org.eclipse.microprofile."));
                URLClassLoader application = new URLClassLoader(server.getURLs(), server)) {
            assertThat(server.reader(application).get())
                    .contains(OWN + " (not MicroProfile Config: the application has it,"
                            + " the filter is in a library that does not see it)");
        }
    }

    @Test
    void usesAnImplementationThatIsThere() throws Exception {
        write(TenLinesTest.TEN_LINES);
        assertThat(startLines(name -> false))
                .contains("configuration from MicroProfile Config (io.smallrye.config.SmallRyeConfig) and init-params");
    }

    @Test
    void seesAFileThatChanges() throws Exception {
        write("ratelimit.bucket.capacity = 5");
        try (Application application = application(name -> name.startsWith("org.eclipse.microprofile."))) {
            Supplier<List<String>> reader = application.reader();
            assertThat(reader.get()).anyMatch(line -> line.startsWith("policy default: capacity 5 "));
            write("ratelimit.bucket.capacity = 50");
            assertThat(reader.get()).anyMatch(line -> line.startsWith("policy default: capacity 50 "));
        }
    }

    private void checkTenLines(String description, Predicate<String> missing) throws Exception {
        write(TenLinesTest.TEN_LINES);
        assertThat(startLines(missing))
                .contains(description)
                .anyMatch(line -> line.startsWith("policy api: capacity 200 (META-INF/microprofile-config.properties)"))
                .anyMatch(
                        line -> line.startsWith("policy login: capacity 5 (META-INF/microprofile-config.properties)"));
    }

    private List<String> startLines(Predicate<String> missing) throws Exception {
        try (Application application = application(missing)) {
            return application.reader().get();
        }
    }

    private void write(String text) throws Exception {
        Path file = folder.resolve(Origins.FILE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Application application(Predicate<String> missing) throws MalformedURLException {
        List<URL> classPath = new ArrayList<>();
        classPath.add(folder.toUri().toURL());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        return new Application(classPath.toArray(URL[]::new), missing);
    }

    /** A class loader of its own for everything, in which some classes and their services are missing. */
    private static final class Application extends URLClassLoader {
        private final Predicate<String> missing;

        Application(URL[] classPath, Predicate<String> missing) {
            super(classPath, ClassLoader.getPlatformClassLoader());
            this.missing = missing;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (missing.test(name)) {
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.startsWith("META-INF/services/") && missing.test("io.smallrye.config.")
                    ? Collections.emptyEnumeration()
                    : super.getResources(name);
        }

        Supplier<List<String>> reader() throws ReflectiveOperationException {
            return reader(this);
        }

        /** The start-up lines of a new reading by a reader that lives here, of an application that may live elsewhere. */
        @SuppressWarnings("unchecked")
        Supplier<List<String>> reader(ClassLoader application) throws ReflectiveOperationException {
            Class<?> deployment = loadClass(Deployment.class.getName());
            Object surroundings = deployment
                    .getConstructor(String.class, Map.class, Map.class, Map.class, Supplier.class, ClassLoader.class)
                    .newInstance("f", Map.of(), Map.of(), Map.of(), (Supplier<?>) Map::of, application);
            Class<?> type = loadClass(ConfigurationReader.class.getName());
            Object reader = type.getConstructor(deployment).newInstance(surroundings);
            return () -> {
                Thread thread = Thread.currentThread();
                ClassLoader before = thread.getContextClassLoader();
                thread.setContextClassLoader(application); // as a container does
                try {
                    Object settings = type.getMethod("read").invoke(reader);
                    return (List<String>)
                            settings.getClass().getMethod("startLines").invoke(settings);
                } catch (ReflectiveOperationException failure) {
                    throw new AssertionError(failure);
                } finally {
                    thread.setContextClassLoader(before);
                }
            };
        }
    }
}

package dev.sluice.testing;

import java.nio.file.Path;

/** What a {@link ChildJvm} or a container runs on: the JDK of the build, or the one that {@code -Djdk25=FOLDER} names. */
public enum Jvm {
    OF_THE_BUILD("java.home"),
    JDK_25("jdk25");

    private final String property;

    Jvm(String property) {
        this.property = property;
    }

    public static boolean is25Known() {
        return !System.getProperty(JDK_25.property, "").isBlank();
    }

    public Path program(String name) {
        return Path.of(System.getProperty(property), "bin", name);
    }
}

package dev.sluice.dropin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A WAR folder in the making. Confined to one test. */
final class War {

    static final String SETTINGS = "WEB-INF/classes/META-INF/microprofile-config.properties";

    private final String contextPath;
    private final Path folder;

    private War(String contextPath, Path folder) {
        this.contextPath = contextPath;
        this.folder = folder;
    }

    /** @param parent where its folder will be */
    static War at(String contextPath, Path parent) {
        return new War(contextPath, parent.resolve(contextPath.substring(1)));
    }

    War classes(Class<?>... types) {
        copyClasses(folder.resolve("WEB-INF/classes"), types);
        return this;
    }

    War library(Path jar) {
        try {
            Files.copy(jar, made(folder.resolve("WEB-INF/lib").resolve(jar.getFileName())));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    War file(String name, String text) {
        try {
            Files.writeString(made(folder.resolve(name)), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    War settings(String lines) {
        return file(SETTINGS, lines);
    }

    String contextPath() {
        return contextPath;
    }

    Path folder() {
        return folder;
    }

    /** Class files of the tests, and nothing of what lies beside them. */
    static void copyClasses(Path to, Class<?>... types) {
        for (Class<?> type : types) {
            String name = type.getName().replace('.', '/') + ".class";
            try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
                Files.write(made(to.resolve(name)), in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Path made(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return file;
    }
}

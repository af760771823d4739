package dev.sluice.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** The class loader of an application whose only configuration file is a file of one's choice. */
final class ConfigurationFile extends ClassLoader {

    /** Where the filter looks for its file. */
    static final String NAME = "META-INF/microprofile-config.properties";

    private final Path file;

    ConfigurationFile(Path file, ClassLoader parent) {
        super(parent);
        this.file = file;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals(NAME) ? Collections.enumeration(List.of(location())) : super.getResources(name);
    }

    @Override
    public URL getResource(String name) {
        return name.equals(NAME) ? location() : super.getResource(name);
    }

    private URL location() {
        try {
            return file.toUri().toURL();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

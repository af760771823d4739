package dev.sluice.config;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Each {@code META-INF/microprofile-config.properties} that a class loader finds, read from where it lies, never from a cache. */
final class PropertyFiles {

    private static final int ORDINAL = 100;

    private PropertyFiles() {}

    static List<MapSource> read(ClassLoader application, Spelling spelling, Mistakes mistakes) {
        List<MapSource> files = new ArrayList<>();
        for (URL file : find(application, mistakes)) {
            try {
                files.add(MapSource.of(Origins.FILE, ORDINAL, spelling, values(file)));
            } catch (IOException | IllegalArgumentException unreadable) { // a malformed \\uxxxx is the latter
                mistakes.add(Origins.FILE + " (" + file + "): cannot be read: " + unreadable.getMessage());
            }
        }
        return files;
    }

    private static List<URL> find(ClassLoader application, Mistakes mistakes) {
        try {
            return Collections.list(application.getResources(Origins.FILE));
        } catch (IOException unreadable) {
            mistakes.add(Origins.FILE + ": cannot be looked for: " + unreadable.getMessage());
            return List.of();
        }
    }

    private static Map<String, String> values(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false);
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}

package dev.sluice.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** The class loader of an application whose {@code microprofile-config.properties} files stand in memory and may change. */
final class MemoryFiles extends ClassLoader {

    private final List<String> texts = new ArrayList<>();

    MemoryFiles(String... texts) {
        super(MemoryFiles.class.getClassLoader());
        this.texts.addAll(List.of(texts));
    }

    void replace(String text) {
        texts.set(0, text);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (!name.equals(Origins.FILE)) {
            return super.getResources(name);
        }
        List<URL> files = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            files.add(url(i));
        }
        return Collections.enumeration(files);
    }

    @Override
    public URL getResource(String name) {
        try {
            return name.equals(Origins.FILE) ? url(0) : super.getResource(name);
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @SuppressWarnings("deprecation") // its replacement is not in Java 17
    private URL url(int index) throws MalformedURLException {
        return new URL("memory", "", -1, "/" + index + "/" + Origins.FILE, new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return connection(url, texts.get(index));
            }
        });
    }

    private static URLConnection connection(URL url, String text) {
        return new URLConnection(url) {
            @Override
            public void connect() {}

            @Override
            public InputStream getInputStream() {
                return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            }
        };
    }
}

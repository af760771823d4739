package dev.sluice.containers.child;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

import javax.xml.parsers.DocumentBuilderFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** What is in a WAR, for containers that know no WARs and are set up in code. Immutable. */
public final class War {

    private final Path folder;
    private final Element descriptor;

    private War(Path folder, Element descriptor) {
        this.folder = folder;
        this.descriptor = descriptor;
    }

    public static War unpack(Path file) throws Exception {
        Path folder = Files.createTempDirectory("war-");
        try (FileSystem war = FileSystems.newFileSystem(file)) {
            for (Path root : war.getRootDirectories()) {
                copy(root, folder);
            }
        }
        try (InputStream webXml = Files.newInputStream(folder.resolve("WEB-INF/web.xml"))) {
            return new War(
                    folder,
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(webXml)
                            .getDocumentElement());
        }
    }

    /** Of its classes and its jars. */
    public URLClassLoader loader() throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(folder.resolve("WEB-INF/classes/").toUri().toURL());
        try (Stream<Path> jars = Files.list(folder.resolve("WEB-INF/lib"))) {
            for (Path jar : jars.toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), War.class.getClassLoader());
    }

    /** Class names, by the names of the servlets. */
    public Map<String, String> servlets() {
        Map<String, String> servlets = new LinkedHashMap<>();
        elements("servlet").forEach(each -> servlets.put(text(each, "servlet-name"), text(each, "servlet-class")));
        return servlets;
    }

    public List<String> patterns(String servlet) {
        return elements("servlet-mapping").stream()
                .filter(each -> text(each, "servlet-name").equals(servlet))
                .map(each -> text(each, "url-pattern"))
                .toList();
    }

    /** Paths, by status. */
    public Map<Integer, String> errorPages() {
        Map<Integer, String> pages = new LinkedHashMap<>();
        elements("error-page")
                .forEach(each -> pages.put(Integer.valueOf(text(each, "error-code")), text(each, "location")));
        return pages;
    }

    /** Whether it wants our filter to see more than requests. */
    public boolean filtersAllDispatches() {
        return !elements("filter").isEmpty();
    }

    /** What it says in its {@code microprofile-config.properties}, without prefixes. */
    public Map<String, String> options() throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        Path file = folder.resolve("WEB-INF/classes/META-INF/microprofile-config.properties");
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            }
            properties.forEach(
                    (name, value) -> options.put(name.toString().substring("ratelimit.".length()), value.toString()));
        }
        return options;
    }

    private List<Element> elements(String name) {
        List<Element> elements = new ArrayList<>();
        NodeList children = descriptor.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            Node child = children.item(i);
            if (child instanceof Element element && element.getTagName().equals(name)) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent().trim();
    }

    private static void copy(Path root, Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(root)) {
            for (Path entry : entries.toList()) {
                Path target = folder.resolve(root.relativize(entry).toString());
                if (Files.isDirectory(entry)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(entry, target);
                }
            }
        }
    }
}

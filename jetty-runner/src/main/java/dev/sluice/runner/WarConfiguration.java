package dev.sluice.runner;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a web application says itself to the filter, by full names such as {@code ratelimit.redis.address}. */
final class WarConfiguration {

    private static final String FILTER = "dev.sluice.RateLimitFilter";
    private static final String PREFIX = "ratelimit.";

    private WarConfiguration() {}

    /**
     * The init-params of the filter in {@code web.xml}, and below them its file of properties. Expressions stand as they are.
     *
     * @param war an archive or a folder
     * @return without what is malformed: who reads it next, Jetty or the filter, tells what is wrong with it
     */
    static Map<String, String> read(Path war) throws IOException {
        if (Files.isDirectory(war)) {
            return readRoot(war);
        }
        try (FileSystem archive = FileSystems.newFileSystem(war)) {
            return readRoot(archive.getPath("/"));
        }
    }

    private static Map<String, String> readRoot(Path root) throws IOException {
        Path web = root.resolve("WEB-INF");
        Map<String, String> values =
                new HashMap<>(properties(web.resolve("classes/META-INF/microprofile-config.properties")));
        values.putAll(initParams(web.resolve("web.xml")));
        return values;
    }

    private static Map<String, String> properties(Path file) throws IOException {
        if (Files.notExists(file)) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Map.of();
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .forEach(name -> values.put(name, properties.getProperty(name).strip()));
        return values;
    }

    /** Of two filters the first one counts; one with a prefix has names of its own. */
    private static Map<String, String> initParams(Path webXml) throws IOException {
        if (Files.notExists(webXml)) {
            return Map.of();
        }
        Map<String, String> values = new HashMap<>();
        try (InputStream xml = Files.newInputStream(webXml)) {
            all(parser().parse(xml).getDocumentElement(), "filter")
                    .filter(filter -> text(filter, "filter-class").equals(FILTER))
                    .filter(filter -> all(filter, "param-name")
                            .noneMatch(name -> text(name).equals("prefix")))
                    .flatMap(filter -> all(filter, "init-param"))
                    .forEach(each -> values.putIfAbsent(PREFIX + text(each, "param-name"), text(each, "param-value")));
        } catch (SAXException malformed) {
            return Map.of();
        }
        return values;
    }

    /** One that fetches nothing, such as the DTD of an old {@code web.xml}, and prints nothing. */
    private static DocumentBuilder parser() {
        try {
            DocumentBuilder parser =
                    DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder();
            parser.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
            parser.setErrorHandler(new DefaultHandler());
            return parser;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java platform reads XML", e);
        }
    }

    private static Stream<Element> all(Element within, String name) {
        NodeList found = within.getElementsByTagNameNS("*", name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }

    private static String text(Element within, String name) {
        return all(within, name).map(WarConfiguration::text).findFirst().orElse("");
    }

    private static String text(Element element) {
        return element.getTextContent().strip();
    }
}

package dev.sluice.containers;

import com.example.stranger.Echo;
import jakarta.servlet.Servlet;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A WAR of strangers: classes that know nothing of us, our standalone jar and, if there is something to say, a
 * {@code microprofile-config.properties}. Confined to one thread while it is described.
 */
final class Site {

    private final String contextPath;
    private final WebXml webXml = new WebXml();
    private final Map<String, String> options = new TreeMap<>();

    private @Nullable Path war;

    /** @param contextPath empty for the root */
    Site(String contextPath) {
        this.contextPath = contextPath;
    }

    Site option(String name, String value) {
        options.put("ratelimit." + name, value);
        return this;
    }

    Site echo(String name, String pattern) {
        return servlet(name, Echo.class, pattern);
    }

    Site servlet(String name, Class<? extends Servlet> type, String... patterns) {
        webXml.servlet(name, type, patterns);
        return this;
    }

    Site errorPage(int status, String path) {
        webXml.errorPage(status, path);
        return this;
    }

    /** Instead of leaving it to the jar to register the filter. */
    Site filterForAllDispatches() {
        webXml.ourFilterForAllDispatches();
        return this;
    }

    String contextPath() {
        return contextPath;
    }

    /** Written once in each run: containers have it open. */
    synchronized Path war() {
        if (war == null) {
            war = write();
        }
        return war;
    }

    private Path write() {
        Path file = Folders.work().resolve("site" + contextPath.replace('/', '-') + ".war");
        try (ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(file))) {
            add(war, "WEB-INF/web.xml", webXml.toString().getBytes(StandardCharsets.UTF_8));
            for (Path each : Folders.classesOf(Folders.STRANGERS)) {
                add(war, "WEB-INF/classes/" + Folders.STRANGERS + "/" + each.getFileName(), Files.readAllBytes(each));
            }
            add(war, "WEB-INF/lib/sluice.jar", Files.readAllBytes(Folders.standaloneJar()));
            if (!options.isEmpty()) {
                add(war, "WEB-INF/classes/META-INF/microprofile-config.properties", properties());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] properties() {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void add(ZipOutputStream war, String name, byte[] content) throws IOException {
        war.putNextEntry(new ZipEntry(name));
        war.write(content);
        war.closeEntry();
    }
}

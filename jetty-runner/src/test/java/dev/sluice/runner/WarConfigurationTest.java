package dev.sluice.runner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

class WarConfigurationTest {

    private static final String WEB_XML = "WEB-INF/web.xml";
    private static final String PROPERTIES = "WEB-INF/classes/META-INF/microprofile-config.properties";

    @TempDir
    private Path war;

    @Test
    void readsProperties() throws Exception {
        write(PROPERTIES, "ratelimit.redis.address = file:1\nREDIS_ADDRESS = other\nport = 2\n");

        assertThat(WarConfiguration.read(war)).isEqualTo(Map.of("ratelimit.redis.address", "file:1"));
    }

    @Test
    void prefersInitParams() throws Exception {
        write(PROPERTIES, "ratelimit.redis.address = file:1\nratelimit.redis.password = secret\n");
        write(WEB_XML, webXml("dev.sluice.RateLimitFilter", "param:2"));

        assertThat(WarConfiguration.read(war))
                .isEqualTo(Map.of("ratelimit.redis.address", "param:2", "ratelimit.redis.password", "secret"));
    }

    @Test
    void readsArchive() throws Exception {
        Path archive = war.resolve("own.war");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry(WEB_XML));
            zip.write(webXml("dev.sluice.RateLimitFilter", "param:2").getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(PROPERTIES));
            zip.write("ratelimit.redis.username=app".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(WarConfiguration.read(archive))
                .isEqualTo(Map.of("ratelimit.redis.address", "param:2", "ratelimit.redis.username", "app"));
    }

    @Test
    void leavesOutOtherFilters() throws Exception {
        write(WEB_XML, webXml("com.example.Filter", "param:2"));

        assertThat(WarConfiguration.read(war)).isEmpty();
    }

    @Test
    void leavesOutFilterWithPrefix() throws Exception {
        String own = "<init-param><param-name>prefix</param-name><param-value>own</param-value></init-param></filter>";
        write(WEB_XML, webXml("dev.sluice.RateLimitFilter", "param:2").replace("</filter>", own));

        assertThat(WarConfiguration.read(war)).isEmpty();
    }

    @Test
    void fetchesNoDtd() throws Exception {
        String dtd = "<!DOCTYPE web-app PUBLIC '-//Sun//DTD 2.3//EN' 'http://127.0.0.1:1/web-app_2_3.dtd'>";
        write(WEB_XML, dtd + webXml("dev.sluice.RateLimitFilter", "param:2"));

        assertThat(WarConfiguration.read(war)).containsEntry("ratelimit.redis.address", "param:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<web-app>", "\uFEFF&"})
    void leavesMalformedWebXmlToOthers(String text) throws Exception {
        write(WEB_XML, text);

        assertThat(WarConfiguration.read(war)).isEmpty();
    }

    @Test
    void leavesMalformedPropertiesToOthers() throws Exception {
        write(PROPERTIES, "ratelimit.redis.address = \\u00zz");

        assertThat(WarConfiguration.read(war)).isEmpty();
    }

    @Test
    void mayFindNothing() throws Exception {
        assertThat(WarConfiguration.read(war)).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Path file = war.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String webXml(String filterClass, String redis) {
        return """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  <filter>
                    <filter-name>rate-limit</filter-name>
                    <filter-class> %s </filter-class>
                    <init-param>
                      <param-name>redis.address</param-name>
                      <param-value>
                        %s
                      </param-value>
                    </init-param>
                  </filter>
                </web-app>
                """.formatted(filterClass, redis);
    }
}

package dev.sluice.dropin;

import com.example.shop.Hello;
import com.example.shop.LimitedByAnnotation;
import com.example.shop.LimitedByInitializer;
import com.example.shop.LimitedByListener;
import com.example.shop.Sees;
import dev.sluice.testing.HttpReply;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Applications in which the standalone jar lies, registered by nobody or by themselves, in each way there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationIT {

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
              %s
              <servlet>
                <servlet-name>hello</servlet-name>
                <servlet-class>com.example.shop.Hello</servlet-class>
              </servlet>
              <servlet-mapping>
                <servlet-name>hello</servlet-name>
                <url-pattern>/*</url-pattern>
              </servlet-mapping>
            </web-app>
            """;

    private static final String OWN_FILTER = """
            <filter>
              <filter-name>%s</filter-name>
              <filter-class>dev.sluice.RateLimitFilter</filter-class>
              <init-param><param-name>policy.own.capacity</param-name><param-value>3</param-value></init-param>
              <init-param><param-name>policy.own.refill</param-name><param-value>3/1d</param-value></init-param>
            </filter>
            <filter-mapping>
              <filter-name>%1$s</filter-name>
              <url-pattern>/*</url-pattern>
            </filter-mapping>
            """;

    private static final String FRAGMENT = """
            <web-fragment xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              %s
            </web-fragment>
            """;

    /** What counts where the application has not registered the filter; where it has, the init-params above it do. */
    private static final String FIVE = """
            ratelimit.policy.own.capacity = 5
            ratelimit.policy.own.refill = 5/1d
            """;

    private RedisServer redis;
    private RunningTomcat tomcat;

    @BeforeAll
    void deploy(@TempDir Path folder) throws IOException {
        redis = RedisServer.start();
        tomcat = RunningTomcat.start(
                redis,
                folder,
                List.of(),
                limited("/nobody", folder).classes(Hello.class, Sees.class),
                limited("/nobody-complete", folder).classes(Hello.class).file("WEB-INF/web.xml", WEB_XML.formatted("")),
                limited("/web-xml", folder)
                        .classes(Hello.class)
                        .file("WEB-INF/web.xml", WEB_XML.formatted(OWN_FILTER.formatted("whatever"))),
                limited("/same-name", folder)
                        .classes(Hello.class)
                        .file("WEB-INF/web.xml", WEB_XML.formatted(OWN_FILTER.formatted("dev.sluice.RateLimitFilter"))),
                limited("/annotation", folder).classes(Hello.class, LimitedByAnnotation.class),
                limited("/fragment", folder)
                        .classes(Hello.class)
                        .library(jar(
                                folder.resolve("fragment.jar"),
                                "META-INF/web-fragment.xml",
                                FRAGMENT.formatted(OWN_FILTER.formatted("fragment")))),
                limited("/listener", folder).classes(Hello.class, LimitedByListener.class),
                limited("/initializer", folder)
                        .classes(Hello.class, LimitedByInitializer.class, LimitedByListener.class)
                        .file("WEB-INF/web.xml", WEB_XML.formatted(""))
                        .library(jar(
                                folder.resolve("initializer.jar"),
                                "META-INF/services/jakarta.servlet.ServletContainerInitializer",
                                LimitedByInitializer.class.getName())),
                limited("/off", folder).classes(Hello.class).settings("ratelimit.enabled = false"),
                limited("/mistaken", folder).classes(Hello.class).settings("ratelimit.enabled = perhaps"));
    }

    @AfterAll
    void stop() {
        tomcat.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nobody", "/nobody-complete"})
    void isRegisteredWhereNobodyHasDoneSo(String application) {
        assertThat(tomcat.admitted(application + "/")).isEqualTo(5);
        assertThat(tomcat.log())
                .filteredOn(line -> line.contains("application \"" + application + "\": "))
                .singleElement()
                .asString()
                .endsWith("has no dev.sluice.RateLimitFilter of its own; added one for /*");
    }

    @Test
    void standsBeforeEveryOtherFilter() {
        String client = "X-Forwarded-For: 198.51.100.1";
        for (int i = 0; i < 5; i++) {
            assertThat(tomcat.get("/nobody/", client).field(Sees.FIELD)).contains("yes");
        }
        HttpReply rejected = tomcat.get("/nobody/", client);
        assertThat(rejected.status()).isEqualTo(429);
        assertThat(rejected.field(Sees.FIELD)).isEmpty();
    }

    @Test
    void isNoObstacleToAsyncServlets() {
        HttpReply reply = tomcat.get("/nobody/?async", "X-Forwarded-For: 198.51.100.2");
        assertThat(reply.body()).isEqualTo("hello");
        assertThat(reply.field("RateLimit"))
                .hasValueSatisfying(field -> assertThat(field).contains("r=4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/web-xml", "/same-name", "/annotation", "/fragment", "/initializer"})
    void isLeftAsTheApplicationHasRegisteredIt(String application) {
        assertThat(tomcat.admitted(application + "/")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/web-xml", "/same-name", "/annotation", "/fragment"})
    void saysNothingAboutARegistrationThatIsThere(String application) {
        assertThat(tomcat.log()).noneMatch(line -> line.contains("application \"" + application + "\""));
    }

    @Test
    void standsAsideForARegistrationInAListener() {
        assertThat(tomcat.admitted("/listener/")).isEqualTo(3);
        assertThat(tomcat.log())
                .anyMatch(line -> line.contains("application \"/listener\": has registered filter \"limit\" itself"));
    }

    @Test
    void isNotRegisteredWhereItIsSwitchedOff() {
        assertThat(tomcat.admitted("/off/")).isEqualTo(10);
        assertThat(tomcat.get("/off/").field("RateLimit")).isEmpty();
        assertThat(tomcat.log())
                .anyMatch(line -> line.endsWith("application \"/off\": ratelimit.enabled is false; added no filter"));
    }

    @Test
    void aMistakeDoesNotSwitchItOff() {
        assertThat(tomcat.get("/mistaken/").status()).isEqualTo(404); // Tomcat has not started it
        assertThat(tomcat.log()).anyMatch(line -> line.contains("ratelimit.enabled = \"perhaps\""));
    }

    private static War limited(String contextPath, Path folder) {
        War war = War.at(contextPath, folder).library(StandaloneJar.path());
        return contextPath.equals("/off") || contextPath.equals("/mistaken") ? war : war.settings(FIVE);
    }

    private static Path jar(Path jar, String name, String text) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(name));
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return jar;
    }
}

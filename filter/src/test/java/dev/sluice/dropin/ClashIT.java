package dev.sluice.dropin;

import dev.sluice.testing.HttpReply;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** An application with libraries of its own, older than ours and of the same names, and the standalone jar beside them. */
class ClashIT {

    private static final Path SOURCE = Path.of("src", "test", "old-libraries", "Visits.java");

    @Test
    void neitherMeetsTheOther(@TempDir Path folder) {
        War war = War.at("/visits", folder).library(StandaloneJar.path()).settings("""
                ratelimit.policy.own.capacity = 5
                ratelimit.policy.own.refill = 5/1d
                """);
        List<Path> libraries = Source.jars("old-libraries");
        libraries.forEach(war::library);
        Source.compile(SOURCE, libraries, war.folder().resolve("WEB-INF/classes"));
        try (RedisServer redis = RedisServer.start();
                RunningTomcat tomcat = RunningTomcat.start(redis, folder, List.of(), war)) {
            HttpReply reply = tomcat.get("/visits/", "X-Forwarded-For: 198.51.100.1");
            assertThat(reply.body())
                    .contains("\"visits\":\"1\"")
                    .contains("\"redis.clients.jedis.Jedis\":\"jedis-3.10.0.jar\"")
                    .contains("\"org.apache.commons.pool2.ObjectPool\":\"commons-pool2-2.13")
                    .contains("\"com.google.gson.Gson\":\"gson-2.2.4.jar\"")
                    .contains("\"ch.qos.logback.classic.Logger\":\"logback-classic-1.2.13.jar\"");
            assertThat(reply.field("RateLimit"))
                    .hasValueSatisfying(field -> assertThat(field).contains("r=4"));
            assertThat(tomcat.admitted("/visits/")).isEqualTo(5);
            assertThat(tomcat.output()).anyMatch(line -> line.endsWith("Visits - visit 1"));
            assertThat(tomcat.log())
                    .noneMatch(line -> line.contains("SLF4J"))
                    .noneMatch(line -> line.startsWith("WARNING") || line.contains("Exception"));
        }
    }
}

package dev.sluice.dropin;

import com.example.shop.Hello;
import com.example.shop.TenantKey;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The standalone jar in the server's own library: every application of the server is limited, each as it says itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedLibraryIT {

    private static final String LIMIT = """
            ratelimit.policy.own.capacity = 5
            ratelimit.policy.own.refill = 5/1d
            ratelimit.policy.own.key = %s
            """;

    private RedisServer redis;
    private RunningTomcat tomcat;
    private War departing;

    @BeforeAll
    void deploy(@TempDir Path folder) {
        redis = RedisServer.start();
        departing = War.at("/departing", folder)
                .classes(Hello.class, TenantKey.class)
                .settings(tenants());
        tomcat = RunningTomcat.start(
                redis,
                folder,
                List.of(StandaloneJar.path()),
                War.at("/one", folder).classes(Hello.class).settings(LIMIT.formatted("ip")),
                War.at("/two", folder).classes(Hello.class).settings(LIMIT.formatted("ip")),
                War.at("/tenants", folder).classes(Hello.class, TenantKey.class).settings(tenants()),
                War.at("/both", folder)
                        .classes(Hello.class)
                        .library(StandaloneJar.path())
                        .settings(LIMIT.formatted("ip")),
                departing);
    }

    private static String tenants() {
        return LIMIT.formatted(TenantKey.class.getName());
    }

    @AfterAll
    void stop() {
        tomcat.close();
        redis.close();
    }

    @Test
    void limitsEveryApplicationOfTheServer() {
        assertThat(tomcat.admitted("/one/")).isEqualTo(5);
        assertThat(tomcat.admitted("/two/")).isEqualTo(5);
    }

    @Test
    void policiesOfTheSameNameShareTheirBuckets() {
        String client = "X-Forwarded-For: 198.51.100.1";
        for (int i = 0; i < 5; i++) {
            assertThat(tomcat.get(i % 2 == 0 ? "/one/" : "/two/", client).status())
                    .isEqualTo(200);
        }
        assertThat(tomcat.get("/one/", client).status()).isEqualTo(429);
        assertThat(tomcat.get("/two/", client).status()).isEqualTo(429);
    }

    @Test
    void findsAKeyInTheApplication() {
        assertThat(tomcat.admitted("/tenants/", "X-Tenant: a")).isEqualTo(5);
        assertThat(tomcat.admitted("/tenants/", "X-Tenant: a")).isZero();
        assertThat(tomcat.admitted("/tenants/", "X-Tenant: b")).isEqualTo(5);
    }

    @Test
    void limitsOnceWhereTheApplicationHasTheJarToo() {
        assertThat(tomcat.admitted("/both/")).isEqualTo(5);
    }

    @Test
    void keepsNothingOfAnApplicationThatIsGone() {
        assertThat(tomcat.admitted("/departing/", "X-Tenant: c")).isEqualTo(5);
        assertThat(tomcat.undeploy(departing)).isTrue();
        assertThat(tomcat.log()).noneMatch(line -> line.contains("leak"));
    }
}

import dev.sluice.RateLimitFilter;
import dev.sluice.containers.child.EmbeddedServer;
import dev.sluice.containers.child.Launch;
import dev.sluice.containers.child.Setting;
import dev.sluice.containers.child.War;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRegistration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;

/** Spring Boot 3 and 4: one application is one server, the filter is a bean, what the WAR holds lies on the class path. */
public final class EmbeddedSpringBoot implements EmbeddedServer {

    private static final String SPRING = "/spring";
    private static final String ERROR_PAGE = "/sorry";

    private final Map<String, ConfigurableApplicationContext> started = new HashMap<>();

    public static void main(String... arguments) throws IOException {
        Launch.serve(new EmbeddedSpringBoot());
    }

    @Override
    public int deploy(Setting setting, String contextPath, Path war) throws Exception {
        War content = War.unpack(war);
        ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("content", content))
                .run(
                        "--server.address=" + setting.host(),
                        "--server.port=0",
                        "--server.servlet.context-path=" + contextPath,
                        "--server.forward-headers-strategy=" + (setting == Setting.BEHIND_PROXY ? "native" : "none"),
                        "--spring.threads.virtual.enabled=" + (setting == Setting.VIRTUAL_THREADS),
                        "--spring.mvc.servlet.path=" + SPRING, // the servlets of the suite want the rest
                        "--server.error.path=" + ERROR_PAGE,
                        "--spring.web.error.path=" + ERROR_PAGE, // as Spring Boot 4 calls it
                        "--spring.main.banner-mode=off");
        started.put(setting + contextPath, application);
        return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Override
    public void undeploy(Setting setting, String contextPath) {
        started.remove(setting + contextPath).close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        FilterRegistrationBean<RateLimitFilter> rateLimit(War content) throws IOException {
            var registration = example();
            registration.setInitParameters(content.options());
            if (content.filtersAllDispatches()) {
                registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
            }
            return registration;
        }

        // docs
        FilterRegistrationBean<RateLimitFilter> example() {
            var registration = new FilterRegistrationBean<>(new RateLimitFilter());
            registration.addUrlPatterns("/*");
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return registration;
        }
        // end

        @Bean
        ServletContextInitializer servlets(War content) {
            return context -> content.servlets().forEach((name, type) -> {
                ServletRegistration.Dynamic servlet = context.addServlet(name, type);
                servlet.setAsyncSupported(true);
                content.patterns(name).forEach(servlet::addMapping);
                if (content.patterns(name).contains(ERROR_PAGE)) {
                    servlet.addMapping(SPRING + ERROR_PAGE); // it looks for it below its own servlet
                }
            });
        }
    }
}

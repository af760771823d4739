import dev.sluice.RateLimitFilter;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@EnableAutoConfiguration
public class SpringBoot {

    public static void main(String... arguments) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(
                        SpringBoot.class, RateLimitConfiguration.class, Hello.class)
                .run("--server.port=0", "--server.address=127.0.0.1");
        System.out.println("port " + context.getEnvironment().getProperty("local.server.port"));
    }

    @RestController
    static class Hello {
        @GetMapping("/")
        String hello() {
            return "hello";
        }
    }

    // docs
    @Configuration
    public static class RateLimitConfiguration {

        @Bean
        FilterRegistrationBean<RateLimitFilter> rateLimit() {
            FilterRegistrationBean<RateLimitFilter> filter = new FilterRegistrationBean<>(new RateLimitFilter());
            filter.addUrlPatterns("/*");
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return filter;
        }
    }
    // end
}

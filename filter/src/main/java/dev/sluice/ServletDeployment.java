package dev.sluice;

import dev.sluice.config.Deployment;
import dev.sluice.metrics.Metrics;
import dev.sluice.metrics.Place;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A filter's place in a web application, as its configuration sees it. */
final class ServletDeployment {

    /** In this attribute of the servlet context a launcher may leave what a {@code .env} file says, a map of strings. */
    private static final String DOT_ENV = "dev.sluice.environment";

    private ServletDeployment() {}

    static Deployment of(FilterConfig config) {
        return of(config.getFilterName(), initParams(config), config.getServletContext());
    }

    /** Of a filter that is not there yet, and has no init-params. */
    static Deployment of(String filterName, ServletContext context) {
        return of(filterName, Map.of(), context);
    }

    private static Deployment of(String filterName, Map<String, String> initParams, ServletContext context) {
        return Deployment.of(filterName, initParams, dotEnv(context), application(context));
    }

    static Metrics metricsOf(FilterConfig config) {
        ServletContext context = config.getServletContext();
        return new Metrics(
                new Place(context.getContextPath(), config.getFilterName()),
                name -> Optional.ofNullable(context.getAttribute(name)));
    }

    /** Of the application, wherever our own jar lies; an embedded Jetty may have none for it. */
    private static ClassLoader application(ServletContext context) {
        return Stream.of(
                        context.getClassLoader(),
                        Thread.currentThread().getContextClassLoader(),
                        ServletDeployment.class.getClassLoader())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(ClassLoader::getSystemClassLoader);
    }

    private static Map<String, String> initParams(FilterConfig config) {
        Map<String, String> params = new LinkedHashMap<>();
        for (String name : Collections.list(config.getInitParameterNames())) {
            params.put(name, config.getInitParameter(name));
        }
        return params;
    }

    private static Map<String, String> dotEnv(ServletContext context) {
        Map<String, String> values = new LinkedHashMap<>();
        if (context.getAttribute(DOT_ENV) instanceof Map<?, ?> given) {
            given.forEach((name, value) -> values.put(String.valueOf(name), String.valueOf(value)));
        }
        return values;
    }
}

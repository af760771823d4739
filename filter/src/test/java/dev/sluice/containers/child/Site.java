package dev.sluice.containers.child;

import dev.sluice.RateLimitFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A web application as no container in particular sees it: our filter for all dispatches, servlets behind it, and error pages, for
 * which the servlet API has no call. Confined to one thread.
 */
final class Site {

    private final String contextPath;
    private final Map<String, String> initParams = new LinkedHashMap<>();
    private final Map<String, Servlet> servlets = new LinkedHashMap<>();
    private final Map<Integer, String> errorPages = new LinkedHashMap<>();

    /** @param contextPath empty for the root */
    Site(String contextPath) {
        this.contextPath = contextPath;
    }

    Site param(String name, String value) {
        initParams.put(name, value);
        return this;
    }

    Site servlet(String pattern, Servlet servlet) {
        servlets.put(pattern, servlet);
        return this;
    }

    Site errorPage(int status, String path) {
        errorPages.put(status, path);
        return this;
    }

    String contextPath() {
        return contextPath;
    }

    Map<Integer, String> errorPages() {
        return errorPages;
    }

    ServletContainerInitializer content() {
        return (classes, context) -> register(context);
    }

    private void register(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter("rate-limit", RateLimitFilter.class);
        filter.setInitParameters(initParams);
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        servlets.forEach((pattern, servlet) -> {
            ServletRegistration.Dynamic registration = context.addServlet(pattern, servlet);
            registration.setAsyncSupported(true);
            registration.addMapping(pattern);
        });
    }
}

package com.example.shop;

import dev.sluice.RateLimitFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

import java.util.EnumSet;
import java.util.Map;

/** A registration of the filter in code, after every initializer. */
@WebListener
public final class LimitedByListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        register(event.getServletContext());
    }

    static void register(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter("limit", RateLimitFilter.class);
        filter.setAsyncSupported(true);
        filter.setInitParameters(Map.of("policy.own.capacity", "3", "policy.own.refill", "3/1d"));
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }
}

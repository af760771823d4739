package dev.sluice;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * The filter that {@link RateLimitInitializer} adds. It stands aside for one that the application has registered in code
 * after that, in a listener or an initializer of its own, which is over when filters are made. Safe for use by many threads.
 */
final class DropInFilter extends RateLimitFilter {

    private static final Logger LOG = System.getLogger("dev.sluice");

    private boolean standsAside; // set by init, before any request

    @Override
    public void init(FilterConfig config) throws ServletException {
        Optional<String> other = Registrations.of(config.getServletContext())
                .map(Registration::getName)
                .filter(name -> !name.equals(config.getFilterName()))
                .findFirst();
        standsAside = other.isPresent();
        if (standsAside) {
            String application = "application \"" + config.getServletContext().getContextPath() + "\": ";
            LOG.log(
                    Level.INFO,
                    application + "has registered filter \"" + other.get() + "\" itself; the added one stands aside");
        } else {
            super.init(config);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (standsAside) {
            chain.doFilter(request, response);
        } else {
            super.doFilter(request, response, chain);
        }
    }
}

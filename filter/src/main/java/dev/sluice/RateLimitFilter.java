package dev.sluice;

import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationReader;
import dev.sluice.limiter.Verdict;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * Limits the rate of requests by token buckets in Redis that all servers share. The class to name in {@code web.xml}:
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>rate-limit</filter-name>
 *   <filter-class>dev.sluice.RateLimitFilter</filter-class>
 *   <async-supported>true</async-supported>
 * </filter>
 * <filter-mapping>
 *   <filter-name>rate-limit</filter-name>
 *   <url-pattern>/*</url-pattern>
 * </filter-mapping>
 * }</pre>
 *
 * <p>Without any configuration each client address may send 10 requests at once and 1 a second after that. A request is
 * charged once, however often it is dispatched inside the container. Safe for use by many threads.
 *
 * <p>May be extended for an annotation: {@code @WebFilter(urlPatterns = "/*", asyncSupported = true)}.
 */
public class RateLimitFilter implements Filter {

    /**
     * The request attribute in which the application finds the {@link Verdict}. A filter with an init-param
     * {@code prefix} adds a dot and its prefix.
     */
    public static final String VERDICT = "dev.sluice.verdict";

    /**
     * The request attribute in which a filter before this one may say what the request costs: an {@code Integer} or a
     * {@code Long}, at least 0, in place of the cost of every policy. More than a capacity counts as the capacity.
     */
    public static final String COST = "dev.sluice.cost";

    // Set by init, which the container calls before anything else but destroy.
    private @Nullable LiveRules liveRules;
    private String verdictAttribute = VERDICT;

    /**
     * Reads the configuration. A Redis that is down does not matter here.
     *
     * @throws ServletException if the configuration cannot be used: with every mistake at once
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        try {
            liveRules = new LiveRules(
                    config.getFilterName(),
                    new ConfigurationReader(ServletDeployment.of(config)),
                    ServletDeployment.metricsOf(config));
        } catch (ConfigurationException mistakes) {
            throw new ServletException(mistakes.getMessage());
        }
        String prefix = config.getInitParameter("prefix");
        if (prefix != null && !prefix.isBlank()) {
            verdictAttribute = VERDICT + "." + prefix; // a second filter charges on its own account
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isCharged(request)) {
            chain.doFilter(request, response);
        } else {
            limit((HttpServletRequest) request, (HttpServletResponse) response, chain);
        }
    }

    @Override
    public void destroy() {
        if (liveRules != null) { // Jetty destroys a filter also if it has refused to start
            liveRules.close();
        }
    }

    private void limit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<ServletRequestView> view = ServletRequestView.of(request);
        if (view.isEmpty()) {
            Answer.refuseAmbiguousPath(response);
            return;
        }
        Rules rules =
                Objects.requireNonNull(liveRules, "init has not been called").now();
        Verdict verdict = rules.limiter().check(view.get());
        request.setAttribute(verdictAttribute, verdict);
        rules.answer().describe(verdict, response);
        if (verdict instanceof Verdict.Permitted) {
            chain.doFilter(request, response);
        } else {
            rules.answer().refuse(verdict, request, response);
        }
    }

    /** Forwards, includes, error pages and async dispatches belong to a request that has been charged. */
    private boolean isCharged(ServletRequest request) {
        return request.getDispatcherType() != DispatcherType.REQUEST
                || request.getAttribute(verdictAttribute) != null
                || !(request instanceof HttpServletRequest);
    }
}

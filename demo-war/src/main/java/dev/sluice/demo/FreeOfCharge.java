package dev.sluice.demo;

import dev.sluice.RateLimitFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import java.io.IOException;

/**
 * What passes here takes no token from the buckets behind: it only looks at them, and is told their level. Safe for use by
 * many threads.
 */
public final class FreeOfCharge implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(RateLimitFilter.COST, 0);
        chain.doFilter(request, response);
    }
}

package dev.sluice.demo;

import dev.sluice.limiter.Verdict;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/**
 * Where to look at a bucket: the header fields of the answer tell its level, and the body whether this server alone has
 * decided, because Redis is away. The init-param {@code verdict} names the request attribute in which the filter leaves
 * its {@link Verdict}. Safe for use by many threads.
 */
public final class LevelServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // None if the filter is not registered or switched off.
        boolean degraded =
                request.getAttribute(getInitParameter("verdict")) instanceof Verdict verdict && verdict.degraded();
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print("{\"degraded\":" + degraded + "}\n");
    }
}

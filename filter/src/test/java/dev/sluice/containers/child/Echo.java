package dev.sluice.containers.child;

import dev.sluice.RateLimitFilter;
import dev.sluice.limiter.Verdict;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.stream.Collectors;

/** Says in header fields that it ran, by which path, and which policies the request was charged to. Reads no body. */
final class Echo extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final String name;

    Echo(String name) {
        this.name = name;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Ran", name);
        response.setHeader("X-Policies", policies(request));
        response.setHeader("X-Servlet-Path", printable(request.getServletPath()));
        response.setHeader("X-Path-Info", printable(request.getPathInfo()));
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(name);
    }

    private static String policies(HttpServletRequest request) {
        return request.getAttribute(RateLimitFilter.VERDICT) instanceof Verdict verdict
                ? verdict.decisions().stream()
                        .map(decision -> decision.policy().name())
                        .collect(Collectors.joining(","))
                : "no verdict";
    }

    /** What a header field can hold, and a reader of a table can see. */
    private static String printable(Object text) {
        return String.valueOf(text)
                .chars()
                .mapToObj(c -> c > ' ' && c < 127 ? Character.toString(c) : String.format("<%04x>", c))
                .collect(Collectors.joining());
    }
}

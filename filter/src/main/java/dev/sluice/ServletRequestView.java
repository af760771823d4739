package dev.sluice;

import dev.sluice.key.RequestView;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A servlet request as policies see it. Confined to one request. */
final class ServletRequestView implements RequestView {

    private final HttpServletRequest request;
    private final String path;

    private ServletRequestView(HttpServletRequest request, String path) {
        this.request = request;
        this.path = path;
    }

    /**
     * @return empty if the container refuses to say which path it chose the servlet by: Jetty throws for a URI that can
     *     be read in two ways, when it is configured to let such URIs in; or if it says what is no path: Open Liberty has
     *     run the servlet of {@code /admin/*} with path info {@code c}, which no pattern would match
     */
    static Optional<ServletRequestView> of(HttpServletRequest request) {
        try {
            String pathInfo = request.getPathInfo();
            String servletPath = request.getServletPath();
            if (pathInfo != null && !pathInfo.isEmpty() && !pathInfo.startsWith("/")) {
                return Optional.empty();
            }
            return Optional.of(
                    new ServletRequestView(request, pathInfo == null ? servletPath : servletPath + pathInfo));
        } catch (IllegalArgumentException ambiguous) {
            return Optional.empty();
        }
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String peerAddress() {
        String address = request.getRemoteAddr();
        return address == null ? "" : address;
    }

    @Override
    public List<String> headers(String name) {
        Enumeration<String> lines = request.getHeaders(name);
        return lines == null ? List.of() : Collections.list(lines);
    }

    @Override
    public Optional<String> cookie(String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return Optional.ofNullable(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /** From the query string alone: {@code getParameter} would consume a form that the application wants to read. */
    @Override
    public Optional<String> query(String name) {
        String query = request.getQueryString();
        if (query == null) {
            return Optional.empty();
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && decoded(pair.substring(0, equals)).equals(name)) {
                return Optional.of(decoded(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> principal() {
        return Optional.ofNullable(request.getUserPrincipal()).map(Principal::getName);
    }

    @Override
    public Optional<String> sessionId() {
        return Optional.ofNullable(request.getSession(false)).map(HttpSession::getId);
    }

    @Override
    public String host() {
        String host = request.getServerName();
        return host == null ? "" : host;
    }

    @Override
    public OptionalLong cost() {
        Object cost = request.getAttribute(RateLimitFilter.COST);
        if (cost == null) {
            return OptionalLong.empty();
        }
        if ((cost instanceof Integer || cost instanceof Long) && ((Number) cost).longValue() >= 0) {
            return OptionalLong.of(((Number) cost).longValue());
        }
        throw new IllegalArgumentException("request attribute " + RateLimitFilter.COST + " = " + cost
                + ": expected an Integer or a Long of at least 0");
    }

    /** What is not well-formed is taken as it is: as a partition key, any text will do. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}

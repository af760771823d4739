package com.example.stranger;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.stream.Collectors;

/** Says in header fields that it ran, by which path, where, and who asked. Reads no body. */
public final class Echo extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletContext context = request.getServletContext();
        response.setHeader("X-Ran", getServletName());
        response.setHeader("X-Servlet-Path", printable(request.getServletPath()));
        response.setHeader("X-Path-Info", printable(request.getPathInfo()));
        response.setHeader("X-Peer", printable(request.getRemoteAddr()));
        response.setHeader("X-Verdict", printable(request.getAttribute("dev.sluice.verdict")));
        response.setHeader(
                "X-Server",
                printable(context.getServerInfo() + ",servlet-" + context.getMajorVersion() + "."
                        + context.getMinorVersion() + ",java-"
                        + Runtime.version().feature()));
        response.setHeader("X-Thread", printable(Thread.currentThread()));
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(getServletName());
    }

    /** What a header field can hold, and a reader of a table can see. */
    private static String printable(@Nullable Object text) {
        return String.valueOf(text)
                .chars()
                .mapToObj(c -> c > ' ' && c < 127 ? Character.toString(c) : String.format("<%04x>", c))
                .collect(Collectors.joining());
    }
}

package com.example.stranger;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/** Answers by one more dispatch inside the container, of the kind that its path names. */
public final class Dispatching extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final long TIMEOUT_MILLIS = 50;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        switch (request.getServletPath()) {
            case "/forward" -> forward("/plain", request, response);
            case "/forward-twice" -> forward("/forward", request, response);
            case "/forward-thrice" -> forward("/forward-twice", request, response);
            case "/forward-to-async" -> forward("/async", request, response);
            case "/forward-to-error" -> forward("/error", request, response);
            case "/include" -> request.getRequestDispatcher("/plain").include(request, response);
            case "/error" -> response.sendError(HttpServletResponse.SC_CONFLICT);
            case "/exception" -> throw new ServletException("as the suite asked for");
            case "/async" -> request.startAsync().dispatch("/plain");
            case "/async-thread" -> {
                AsyncContext async = request.startAsync();
                async.start(() -> async.dispatch("/plain"));
            }
            case "/async-twice" -> request.startAsync().dispatch("/async");
            case "/async-timeout" -> startAsyncInVain(request);
            case "/async-timeout-dispatch" -> startAsyncInVain(request).addListener(new DispatchOnTimeout());
            default -> throw new ServletException("no such dispatch: " + request.getServletPath());
        }
    }

    private static AsyncContext startAsyncInVain(HttpServletRequest request) {
        AsyncContext async = request.startAsync();
        async.setTimeout(TIMEOUT_MILLIS);
        return async;
    }

    private static void forward(String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.getRequestDispatcher(path).forward(request, response);
    }

    private static final class DispatchOnTimeout implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) {
            event.getAsyncContext().dispatch("/plain");
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}

package com.example.stranger;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Sends server-sent events, from a thread of the container: one at once, and one more each time somebody posts. */
public final class Events extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int EVENTS = 3;
    private static final long FOREVER = 0;

    private final transient BlockingQueue<String> posts = new LinkedBlockingQueue<>();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        posts.add("posted");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        response.setContentType("text/event-stream;charset=UTF-8");
        AsyncContext async = request.startAsync();
        async.setTimeout(FOREVER);
        async.start(() -> send(async));
    }

    private void send(AsyncContext async) {
        try {
            for (int event = 1; event <= EVENTS; event++) {
                async.getResponse().getWriter().print("data: " + event + "\n\n");
                async.getResponse().flushBuffer();
                if (event < EVENTS) {
                    posts.take();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            async.complete();
        }
    }
}

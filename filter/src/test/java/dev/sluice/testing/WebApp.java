package dev.sluice.testing;

import dev.sluice.RateLimitFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

import java.net.URI;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** A web application in an embedded Jetty on loopback, with our filter in front of its servlets. */
public final class WebApp implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    private final Map<String, String> initParams = new LinkedHashMap<>();
    private String filterName = "rate-limit";

    /** An application whose buckets are in this Redis; more init-params may follow. */
    public static WebApp with(RedisServer redis) {
        return new WebApp().param("redis.address", redis.address());
    }

    public WebApp param(String name, String value) {
        initParams.put(name, value);
        return this;
    }

    public WebApp named(String filterName) {
        this.filterName = filterName;
        return this;
    }

    public WebApp servlet(String path, Servlet servlet) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, path);
        return this;
    }

    public WebApp errorPage(int status, String path) {
        ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
        pages.addErrorPage(status, path);
        context.setErrorHandler(pages);
        return this;
    }

    /** A filter in front of ours. */
    public WebApp filter(Filter filter) {
        add(new FilterHolder(filter));
        return this;
    }

    public ServletContextHandler context() {
        return context;
    }

    /** @throws Exception what the filter throws when it refuses to start */
    public WebApp start() throws Exception {
        FilterHolder holder = new FilterHolder(new RateLimitFilter());
        holder.setName(filterName);
        holder.setInitParameters(initParams);
        add(holder);
        connector.setHost(Loopback.HOST);
        server.addConnector(connector);
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw e;
        }
        return this;
    }

    public int port() {
        return connector.getLocalPort();
    }

    public HttpReply get(String path, String... headerLines) {
        return Http.get(uri(path), headerLines);
    }

    public URI uri(String path) {
        return URI.create("http://" + Loopback.HOST + ":" + port() + path);
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    private void add(FilterHolder holder) {
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
    }
}

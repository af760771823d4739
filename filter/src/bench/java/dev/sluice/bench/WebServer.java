package dev.sluice.bench;

import dev.sluice.RateLimitFilter;
import dev.sluice.testing.Loopback;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An embedded Jetty in a JVM of its own, with a filter or without. Below {@code /many} and {@code /rejected} it limits as the scene of
 * that name says, by the header {@code X-API-Key}. It ends with its standard input.
 */
final class WebServer {

    private static final int JETTY_THREADS = 200;
    private static final String KEY = "X-API-Key";

    private WebServer() {}

    /** What stands before the servlet. */
    enum Guard {
        NONE("no filter"),
        SLUICE("Sluice"),
        POOLED("a pooled EVALSHA filter"),
        BUCKET4J("a Bucket4j-Jedis filter");

        private final String title;

        Guard(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    public static void main(String[] arguments) throws Exception {
        int redisPort = Integer.parseInt(arguments[1]);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new Hello()), "/*");
        switch (Guard.valueOf(arguments[0])) {
            case NONE -> {}
            case SLUICE -> guard(context, sluice(redisPort), "/*");
            case POOLED -> guard(context, Limiter.POOLED, redisPort);
            case BUCKET4J -> guard(context, Limiter.BUCKET4J, redisPort);
        }
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(Loopback.HOST);
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
        System.out.println("port " + connector.getLocalPort());
        while (System.in.read() >= 0) {
            // whoever started it goes on
        }
        Runtime.getRuntime().halt(0);
    }

    static String path(Scene scene) {
        return "/" + scene.name().toLowerCase(Locale.ROOT) + "/hello";
    }

    private static void guard(ServletContextHandler context, Limiter limiter, int redisPort) throws Exception {
        for (Scene scene : new Scene[] {Scene.MANY, Scene.REJECTED}) {
            Contender contender = limiter.open(redisPort, JETTY_THREADS);
            contender.prepare(scene, new String[0]);
            guard(context, new FilterHolder(new PlainFilter(contender)), path(scene));
        }
    }

    private static void guard(ServletContextHandler context, FilterHolder filter, String path) {
        context.addFilter(filter, path, EnumSet.of(DispatcherType.REQUEST));
    }

    private static FilterHolder sluice(int redisPort) {
        FilterHolder holder = new FilterHolder(new Timed());
        holder.setName("rate-limit");
        holder.setInitParameters(Map.ofEntries(
                Map.entry("redis.address", Loopback.HOST + ":" + redisPort),
                Map.entry("redis.deadline", "5s"), // as in the closed loop: nothing is decided without Redis
                Map.entry("policy.many.paths", path(Scene.MANY)),
                Map.entry("policy.many.key", "header:" + KEY),
                Map.entry("policy.many.capacity", Long.toString(Scene.MANY.capacity())),
                Map.entry("policy.many.refill", Scene.MANY.refillPerSecond() + "/s"),
                Map.entry("policy.rejected.paths", path(Scene.REJECTED)),
                Map.entry("policy.rejected.key", "header:" + KEY),
                Map.entry("policy.rejected.capacity", Long.toString(Scene.REJECTED.capacity())),
                Map.entry("policy.rejected.refill", Scene.REJECTED.refillPerSecond() + "/s")));
        return holder;
    }

    /** What is protected. */
    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getOutputStream().print("Request allowed");
        }
    }

    /** Our filter; says how long its start took. */
    private static final class Timed implements Filter {

        private final RateLimitFilter filter = new RateLimitFilter();

        @Override
        public void init(FilterConfig config) throws ServletException {
            long before = System.nanoTime();
            filter.init(config);
            System.out.println("init " + TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - before));
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            filter.doFilter(request, response, chain);
        }

        @Override
        public void destroy() {
            filter.destroy();
        }
    }

    /** The least that a filter must do. */
    private record PlainFilter(Contender contender) implements Filter {

        private static final int TOO_MANY_REQUESTS = 429;

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (admits(((HttpServletRequest) request).getHeader(KEY))) {
                chain.doFilter(request, response);
                return;
            }
            HttpServletResponse refusal = (HttpServletResponse) response;
            refusal.setStatus(TOO_MANY_REQUESTS);
            refusal.setHeader("Retry-After", "1");
            refusal.setContentType("text/plain");
            refusal.getOutputStream().print("Too many requests");
        }

        private boolean admits(String client) throws ServletException {
            try {
                return contender.admits(client);
            } catch (Exception e) {
                throw new ServletException(e);
            }
        }
    }
}

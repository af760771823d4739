package dev.sluice.bench;

import dev.sluice.RateLimitFilter;
import dev.sluice.testing.Loopback;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

/** Our filter and a request that costs nothing itself, so that what is measured is the filter. Confined to one thread. */
final class StubExchange implements AutoCloseable {

    private final RateLimitFilter filter = new RateLimitFilter();
    private final Request request;
    private final Response response = new Response();
    private int passed;

    /** @param client its address */
    StubExchange(int redisPort, Scene scene, String client) {
        request = new Request(client);
        Map<String, String> params = Map.of(
                "redis.address",
                Loopback.HOST + ":" + redisPort,
                "redis.deadline",
                "5s",
                "bucket.capacity",
                Long.toString(scene.capacity()),
                "refill.rate",
                Long.toString(scene.refillPerSecond()));
        try {
            filter.init(config(params));
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets the request through the filter; how many have come out at the other end so far, and what was written. */
    int pass() throws IOException, ServletException {
        request.attribute = null;
        filter.doFilter(request, response, (through, answered) -> passed++);
        return passed + response.written;
    }

    @Override
    public void close() {
        filter.destroy();
    }

    private static FilterConfig config(Map<String, String> params) {
        ServletContext context = stub(ServletContext.class);
        return new FilterConfig() {
            @Override
            public String getFilterName() {
                return "rate-limit";
            }

            @Override
            public ServletContext getServletContext() {
                return context;
            }

            @Override
            public @Nullable String getInitParameter(String name) {
                return params.get(name);
            }

            @Override
            public Enumeration<String> getInitParameterNames() {
                return Collections.enumeration(params.keySet());
            }
        };
    }

    /** Answers every question with null, zero or false; the context path is that of the root. */
    private static <T> T stub(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> nothing(method)));
    }

    private static @Nullable Object nothing(Method method) {
        Class<?> type = method.getReturnType();
        if (method.getName().equals("getContextPath")) {
            return "";
        }
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? (Object) 0 : null;
    }

    private static final class Request extends HttpServletRequestWrapper {

        private final String client;
        private @Nullable Object attribute;

        Request(String client) {
            super(stub(HttpServletRequest.class));
            this.client = client;
        }

        @Override
        public DispatcherType getDispatcherType() {
            return DispatcherType.REQUEST;
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getServletPath() {
            return "/api";
        }

        @Override
        public @Nullable String getPathInfo() {
            return null;
        }

        @Override
        public String getRemoteAddr() {
            return client;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return Collections.emptyEnumeration();
        }

        @Override
        public @Nullable String getHeader(String name) {
            return null;
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return name.equals(RateLimitFilter.COST) ? null : attribute;
        }

        @Override
        public void setAttribute(String name, Object value) {
            attribute = value;
        }
    }

    private static final class Response extends HttpServletResponseWrapper {

        private int written;
        private final ServletOutputStream output = new ServletOutputStream() {
            @Override
            public void write(int octet) {
                written++;
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                written += length;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {}
        };

        Response() {
            super(stub(HttpServletResponse.class));
        }

        @Override
        public void setHeader(String name, String value) {
            written += value.length();
        }

        @Override
        public void addHeader(String name, String value) {
            written += value.length();
        }

        @Override
        public void setStatus(int status) {}

        @Override
        public void setContentType(String type) {}

        @Override
        public void setContentLength(int length) {}

        @Override
        public ServletOutputStream getOutputStream() {
            return output;
        }
    }
}

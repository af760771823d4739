package dev.sluice.containers;

import dev.sluice.testing.Jvm;
import dev.sluice.testing.Loopback;

/** What holds in every container: the columns of {@code docs/containers.md}. */
enum Promise {
    DEMO_WAR("demo WAR", "the unchanged demo WAR admits exactly the capacity, and says so in header fields"),
    JAR_ALONE(
            "jar alone",
            "a WAR that knows nothing of us, with only the standalone jar in `WEB-INF/lib` and `REDIS_ADDRESS` in its environment: exactly the capacity is admitted, each request is charged once, and the log has no warning of ours"),
    REJECTION(
            "429",
            "text or `application/problem+json`, each with its own charset and length; the connection is good afterwards"),
    ERROR_PAGE("error page", "`rejection = error-page`: the page of the application, with our fields and our verdict"),
    METHODS("methods", "policies see the method of the request line; `HEAD` counts as `GET`"),
    STREAMS("SSE", "asynchronous requests and server-sent events arrive as they are sent"),
    FORWARDED(
            "forwarded", "`X-Forwarded-For` from a trusted proxy: addresses with ports and brackets, `unknown`, lists"),
    FORWARDED_BY_CONTAINER("by the container", "the same when the container itself reads the header field"),
    IPV6("IPv6", "a client on `::1`"),
    PATHS("paths", "however a URI is written: if a protected servlet ran, its policy was charged"),
    DISPATCHES("dispatches", "forward, include, error pages and asynchronous dispatches are free"),
    REDEPLOY("redeploy", "three times, and no class and no thread of ours stays"),
    FROZEN_REDIS("frozen Redis", "undeploying takes at most seconds while Redis hangs"),
    TWO_WARS("two WARs", "in one JVM, each with the jar, share the limit"),
    VIRTUAL_THREADS("virtual threads", "on JDK 25, where the container offers them"),
    JDK_25("JDK 25", "admits exactly the capacity there too");

    private final String title;
    private final String meaning;

    Promise(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    /** Some need what not every machine has. */
    boolean canBeTested() {
        return switch (this) {
            case VIRTUAL_THREADS, JDK_25 -> Jvm.is25Known();
            case IPV6 -> Loopback.hasIpv6();
            default -> true;
        };
    }

    String title() {
        return title;
    }

    String meaning() {
        return meaning;
    }
}

package dev.sluice.containers;

import com.example.stranger.Dispatching;
import com.example.stranger.Events;

/** What every container serves to the suite. */
final class Sites {

    private static final String[] DISPATCHING = {
        "/forward",
        "/forward-twice",
        "/forward-thrice",
        "/forward-to-async",
        "/forward-to-error",
        "/include",
        "/error",
        "/exception",
        "/async",
        "/async-thread",
        "/async-twice",
        "/async-timeout",
        "/async-timeout-dispatch"
    };

    /** The jar was copied in, and that is all. What its environment says is in {@link RunningContainer}. */
    static final Site SHOP = new Site("/shop").echo("hello", "/hello").servlet("events", Events.class, "/events");

    /** Its neighbour. */
    static final Site STALL = new Site("/stall").echo("hello", "/hello");

    /** A third one, that comes and goes. */
    static final Site PASSING = new Site("/passing").echo("hello", "/hello");

    static final Site PATHS = paths("");

    static final Site PATHS_BELOW = paths("/app");

    static final Site DISPATCHES = ample(new Site("/dispatch"), "once")
            .filterForAllDispatches()
            .echo("plain", "/plain")
            .servlet("dispatching", Dispatching.class, DISPATCHING)
            .echo("sorry", "/sorry")
            .errorPage(409, "/sorry")
            .errorPage(500, "/sorry");

    static final Site METHODS = ample(ample(ample(new Site("/methods"), "any"), "get"), "post")
            .option("policy.get.methods", "GET")
            .option("policy.post.methods", "POST")
            .echo("any", "/*");

    static final Site FULL = full("/full");

    static final Site PAGE = full("/page")
            .option("rejection", "error-page")
            .echo("sorry", "/sorry")
            .errorPage(429, "/sorry");

    private Sites() {}

    /** Three servlets, each with a policy of its name, and one that no policy governs. */
    private static Site paths(String contextPath) {
        return ample(ample(ample(new Site(contextPath), "login"), "admin"), "json")
                .option("policy.login.paths", "/login")
                .option("policy.admin.paths", "/admin/*")
                .option("policy.json.paths", "*.json")
                .echo("login", "/login")
                .echo("admin", "/admin/*")
                .echo("json", "*.json")
                .echo("rest", "/");
    }

    /** One request for each {@code X-Client}, and no more. */
    private static Site full(String contextPath) {
        return new Site(contextPath)
                .option("policy.single.key", "header:X-Client,ip")
                .option("policy.single.capacity", "1")
                .option("policy.single.refill", "1/1d")
                .echo("any", "/*");
    }

    /** More tokens than any test takes, and none that returns while it runs. */
    private static Site ample(Site site, String policy) {
        return site.option("policy." + policy + ".capacity", "100000").option("policy." + policy + ".refill", "1/1d");
    }
}

package dev.sluice.containers.child;

import java.util.List;

/** What every container serves to the suite. */
final class Sites {

    private Sites() {}

    static List<Site> with(String redisAddress) {
        List<Site> sites = List.of(
                paths(""),
                paths("/app"),
                dispatches(),
                methods(),
                full("/full").param("rejection", "response"),
                full("/page").param("rejection", "error-page"));
        // A decision is not to be made without Redis just because the machine has much to do.
        sites.forEach(site -> site.param("redis.address", redisAddress).param("redis.deadline", "5s"));
        return sites;
    }

    /** Three servlets, each with a policy of its name, and one that no policy governs. */
    private static Site paths(String contextPath) {
        return ample(ample(ample(new Site(contextPath), "login"), "admin"), "json")
                .param("policy.login.paths", "/login")
                .param("policy.admin.paths", "/admin/*")
                .param("policy.json.paths", "*.json")
                .servlet("/login", new Echo("login"))
                .servlet("/admin/*", new Echo("admin"))
                .servlet("*.json", new Echo("json"))
                .servlet("/", new Echo("default"));
    }

    private static Site dispatches() {
        Site site = ample(new Site("/dispatch"), "once")
                .servlet("/plain", new Echo("plain"))
                .servlet("/sorry", new Echo("sorry"))
                .errorPage(409, "/sorry")
                .errorPage(500, "/sorry");
        Dispatching.PATHS.forEach(path -> site.servlet(path, new Dispatching()));
        return site;
    }

    private static Site methods() {
        return ample(ample(ample(new Site("/methods"), "any"), "get"), "post")
                .param("policy.get.methods", "GET")
                .param("policy.post.methods", "POST")
                .servlet("/*", new Echo("any"));
    }

    /** One request for each {@code X-Client}, and no more. */
    private static Site full(String contextPath) {
        return new Site(contextPath)
                .param("policy.single.key", "header:X-Client,ip")
                .param("policy.single.capacity", "1")
                .param("policy.single.refill", "1/1d")
                .servlet("/*", new Echo("any"))
                .servlet("/sorry", new Echo("sorry"))
                .errorPage(429, "/sorry");
    }

    /** More tokens than any test takes, and none that returns while it runs. */
    private static Site ample(Site site, String policy) {
        return site.param("policy." + policy + ".capacity", "100000").param("policy." + policy + ".refill", "1/1d");
    }
}

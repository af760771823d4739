package dev.sluice.runner;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static dev.sluice.runner.DemoPage.API;
import static dev.sluice.runner.DemoPage.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;

/** What the demo's page shows, in a real browser. */
@Tag("browser")
class DemoPageIT {

    private static final Map<String, String> DRY = Map.of("REFILL_RATE", "0.001");

    @RegisterExtension
    private static final BrowserForTests BROWSER = new BrowserForTests();

    @TempDir
    private Path folder;

    @Test
    void drainsTheBucketWithTwentyRequests() throws Exception {
        try (RunningDemo demo = startDemo("one", DRY)) {
            DemoPage page = DemoPage.open(BROWSER.get(), demo.page());
            assertThat(page.text(API + " .whole")).isEqualTo("10");
            assertThat(page.text(API + " .policy")).isEqualTo("10 at once, then 1 every 1000 seconds");

            page.sendTwenty(API);

            page.awaitText(API + " .whole", "0");
            page.awaitText(API + " .counts .permitted", "10 let in");
            page.awaitText(API + " .counts .rejected", "10 rejected");
            page.awaitText(API + " .said", "10 let in, 10 rejected");
            assertThat(page.count(API + " .timeline .permitted")).isEqualTo(10);
            assertThat(page.count(API + " .timeline .rejected")).isEqualTo(10);
            page.awaitText(API + " .fields", text -> text.contains("RateLimit: \"default\";r=0;t="));
        }
    }

    @Test
    void refillsTheBucketAndCountsDown() throws Exception {
        try (RunningDemo demo = startDemo("one", Map.of("BUCKET_CAPACITY", "3", "REFILL_RATE", "0.5"))) {
            DemoPage page = DemoPage.open(BROWSER.get(), demo.page());

            page.sendTwenty(LOGIN);
            page.awaitText(LOGIN + " .said", text -> text.endsWith(" rejected"));
            String rejected = LOGIN + " .answers .rejected";
            int retryAfter =
                    Integer.parseInt(page.evaluate("document.querySelector('" + rejected + "').dataset.seconds"));
            assertThat(retryAfter).isBetween(1, 12);
            page.awaitText(rejected + " .countdown", text -> secondsLeft(text) < retryAfter);

            page.sendTwenty(API);
            page.awaitText(API + " .said", text -> text.endsWith(" rejected"));
            page.awaitText(API + " .answers .rejected .countdown", "again now");
            page.awaitText(API + " .whole", "3");
            assertThat(page.text(API + " .of")).isEqualTo("of 3 tokens");
        }
    }

    @Test
    void keepsLoginsAndApiApart() throws Exception {
        try (RunningDemo demo = startDemo("one", DRY)) {
            DemoPage page = DemoPage.open(BROWSER.get(), demo.page());

            page.sendTwenty(API);
            page.awaitText(API + " .said", "10 let in, 10 rejected");
            page.awaitText(API + " .whole", "0");
            assertThat(page.text(LOGIN + " .whole")).isEqualTo("5");
            page.sendOne(LOGIN);
            page.awaitText(LOGIN + " .whole", "4");
            page.awaitText(LOGIN + " .answers", text -> text.startsWith("200"));
            assertThat(page.text(API + " .counts")).startsWith("10 let in");
        }
    }

    @Test
    void streamsUntilItIsStopped() throws Exception {
        try (RunningDemo demo = startDemo("one", DRY)) {
            DemoPage page = DemoPage.open(BROWSER.get(), demo.page());

            page.recordRequests();
            page.click(API + " .stream");
            page.awaitText(API + " .whole", text -> Integer.parseInt(text) <= 7);
            assertThat(page.evaluate("document.querySelector('#api .stream').ariaPressed"))
                    .isEqualTo("true");
            page.click(API + " .stream");
            int sent = page.requests("api");
            page.awaitRequests("level", 2); // those come less often
            assertThat(page.requests("api")).isEqualTo(sent);
        }
    }

    @Test
    void showsInEachTabWhatTheOtherTakes() throws Exception {
        try (RunningDemo demo = startDemo("one", DRY)) {
            DemoPage left = DemoPage.open(BROWSER.get(), demo.page());
            DemoPage right = DemoPage.openInNewWindow(BROWSER.get(), demo.page());

            left.sendOne(API);
            right.awaitText(API + " .whole", "9");
            right.sendTwenty(API);
            left.awaitText(API + " .whole", "0");
            right.awaitText(API + " .said", "9 let in, 11 rejected");
            left.sendOne(API);
            left.awaitText(API + " .counts .rejected", "1 rejected");
        }
    }

    @Test
    void holdsOneLimitAcrossTwoServers() throws Exception {
        try (RunningDemo first = startDemo("one", DRY);
                RunningDemo second = startDemo("two", DRY, "--redis=" + first.awaitLine("Embedded Redis on "))) {
            DemoPage left = DemoPage.open(BROWSER.get(), first.page());
            DemoPage right = DemoPage.openInNewWindow(BROWSER.get(), second.page());

            left.sendOne(API);
            right.awaitText(API + " .whole", "9");
            right.sendTwenty(API);
            left.awaitText(API + " .whole", "0");
            right.awaitText(API + " .said", "9 let in, 11 rejected");
        }
    }

    @Test
    void tellsThatRedisIsGoneAndBack() throws Exception {
        int port = EmbeddedRedis.freePort();
        try (RunningDemo demo = startDemo("one", DRY, "--redis=127.0.0.1:" + port)) {
            DemoPage page;
            try (TemporaryFolder redisFolder = TemporaryFolder.create();
                    EmbeddedRedis redis = EmbeddedRedis.start(redisFolder, port, List.of())) {
                assertThat(redis.address().getPort()).isEqualTo(port);
                page = DemoPage.open(BROWSER.get(), demo.page());
                page.awaitText("#status", "Redis decides, for all servers");
            }
            page.awaitText("#status", "Redis is away: this server limits alone");
            page.awaitText(API + " .decider", "This server alone decides");
            page.awaitText(LOGIN + " .decider", "Closed until Redis is back");
            page.awaitText(LOGIN + " .whole", "\u2013");
            page.sendTwenty(API);
            page.awaitText(API + " .counts", text -> text.startsWith("10 let in") && text.contains("10 rejected"));
            page.sendOne(LOGIN);
            page.awaitText(LOGIN + " .answers", text -> text.startsWith("503"));

            try (TemporaryFolder redisFolder = TemporaryFolder.create();
                    EmbeddedRedis again = EmbeddedRedis.start(redisFolder, port, List.of())) {
                assertThat(again.address().getPort()).isEqualTo(port);
                page.awaitText("#status", "Redis decides, for all servers");
                page.awaitText(LOGIN + " .whole", "5");
                page.sendOne(LOGIN);
                page.awaitText(LOGIN + " .answers", text -> text.startsWith("200"));
            }
        }
    }

    @Test
    void tellsThatTheServerIsGone() throws Exception {
        try (RunningDemo demo = startDemo("one", DRY)) {
            DemoPage page = DemoPage.open(BROWSER.get(), demo.page());
            demo.terminate();
            page.awaitText("#status", "Server not reachable");
            page.awaitText(API + " .whole", "\u2013");
        }
    }

    private RunningDemo startDemo(String name, Map<String, String> variables, String... arguments) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name));
        String[] all = List.of(List.of("--port=0"), List.of(arguments)).stream()
                .flatMap(List::stream)
                .toArray(String[]::new);
        return RunningDemo.start(own, variables, all);
    }

    private static int secondsLeft(String text) {
        return text.equals("again now") ? 0 : Integer.parseInt(text.replaceFirst("again in (\\d+) s", "$1"));
    }
}

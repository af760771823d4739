package dev.sluice.bucket;

import dev.sluice.testing.GeneratedPage;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.stream.Collectors;

/** The timelines of {@code docs/how-it-works.md} are those that drive the bucket and the script. */
class HowItWorksPageTest {

    @Test
    void showsTheTimelines() {
        GeneratedPage.check(
                Path.of("docs", "how-it-works.md"),
                block -> Timeline.all().stream().map(HowItWorksPageTest::table).collect(Collectors.joining("\n")));
    }

    private static String table(Timeline timeline) {
        TokenBucket bucket = timeline.bucket();
        return "**" + timeline.name() + "** (capacity " + bucket.capacity() + ", a token each "
                + bucket.refillPeriodMicros() / 1000.0 / bucket.refillTokens() + " ms)\n\n"
                + "| at ms | cost | outcome | remaining | retry after ms |\n|--:|--:|---|--:|--:|\n"
                + timeline.steps().stream().map(HowItWorksPageTest::row).collect(Collectors.joining());
    }

    private static String row(Timeline.Step step) {
        return "| " + step.atMillis() + " | " + step.cost() + " | " + (step.permitted() ? "permitted" : "rejected")
                + " | " + step.remaining() + " | " + (step.permitted() ? "" : step.retryAfterMillis()) + " |\n";
    }
}

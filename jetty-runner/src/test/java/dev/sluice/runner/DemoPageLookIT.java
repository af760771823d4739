package dev.sluice.runner;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static dev.sluice.runner.DemoPage.API;
import static dev.sluice.runner.DemoPage.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;

/** How the demo's page looks, and to whom. What is in the buckets does not matter here. */
@Tag("browser")
class DemoPageLookIT {

    @RegisterExtension
    private static final BrowserForTests BROWSER = new BrowserForTests();

    @TempDir
    private static Path shared;

    private static RunningDemo demo;

    @TempDir
    private Path own;

    @BeforeAll
    static void start() throws Exception {
        demo = RunningDemo.start(shared, Map.of("REFILL_RATE", "0.1"), "--port=0");
    }

    @AfterAll
    static void stop() throws Exception {
        demo.terminate();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void isReadableByDayAndByNight(String scheme) throws Exception {
        BROWSER.get().prefer("prefers-color-scheme", scheme);
        DemoPage page = DemoPage.open(BROWSER.get(), demo.page());
        page.sendTwenty(API);
        page.awaitText(API + " .said", text -> text.endsWith(" rejected"));

        assertThat(page.backgroundOf("body").luminance() < 0.5).isEqualTo(scheme.equals("dark"));
        for (String shown : List.of("h1", "header p", ".answers .rejected b", ".counts .permitted", ".one")) {
            assertThat(page.colourOf(shown).contrastTo(page.backgroundOf(shown)))
                    .as(shown)
                    .isGreaterThan(4.5);
        }
    }

    @Test
    void keepsStillForWhoWantsIt() throws Exception {
        BROWSER.get().prefer("prefers-reduced-motion", "reduce");
        DemoPage page = DemoPage.open(BROWSER.get(), demo.page());
        assertThat(page.evaluate("String(document.getAnimations().length)")).isEqualTo("0");
    }

    @Test
    void fitsOnPhone() throws Exception {
        BROWSER.get().resize(360, 1);
        DemoPage page = DemoPage.open(BROWSER.get(), demo.page());
        page.sendTwenty(API);
        page.awaitText(API + " .said", text -> text.endsWith(" rejected"));
        assertThat(page.evaluate("String(document.documentElement.scrollWidth)"))
                .isEqualTo("360");
    }

    @Test
    void needsNoMouse() throws Exception {
        DemoPage page = DemoPage.open(BROWSER.get(), demo.page());

        BROWSER.get().press(Browser.TAB);
        assertThat(page.evaluate("String(document.activeElement.matches('#api .one'))"))
                .isEqualTo("true");
        assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        BROWSER.get().press(Browser.ENTER);
        page.awaitText(API + " .said", text -> text.startsWith("1 "));
        BROWSER.get().press(Browser.TAB);
        BROWSER.get().press(Browser.ENTER);
        page.awaitText(API + " .said", text -> text.endsWith(" rejected") && !text.startsWith("1 rejected"));
    }

    /** And, with {@code -Ddocs.write=true}, makes the picture of the README. */
    @Test
    void fitsInAPictureForTheReadme() throws Exception {
        BROWSER.get().prefer("prefers-reduced-motion", "reduce");
        BROWSER.get().resize(Browser.WIDTH, 1.5);
        try (RunningDemo untouched = RunningDemo.start(own, Map.of(), "--port=0")) {
            DemoPage page = DemoPage.open(BROWSER.get(), untouched.page());
            page.sendTwenty(LOGIN);
            page.awaitText(LOGIN + " .said", text -> text.endsWith(" rejected"));
            page.sendTwenty(API);
            page.awaitText(API + " .said", text -> text.endsWith(" rejected"));
            page.awaitText(API + " .whole", text -> Integer.parseInt(text) >= 4);
            page.sendOne(API);
            page.awaitText(API + " .said", "1 let in");

            byte[] picture = BROWSER.get().picture(page.heightDownTo("main"));
            assertThat(picture).hasSizeBetween(20_000, 250_000);
            if (Boolean.getBoolean("docs.write")) {
                Files.write(Path.of(System.getProperty("docs"), "demo.png"), picture);
            }
        }
    }
}

package dev.sluice.runner;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Predicate;

import static org.awaitility.Awaitility.await;

/** The page of the demo in one window of a browser, as a person sees it. Confined to one thread. */
final class DemoPage {

    static final String API = "#api";
    static final String LOGIN = "#login";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Browser browser;
    private final String window;

    private DemoPage(Browser browser) throws IOException, InterruptedException {
        this.browser = browser;
        this.window = browser.window();
    }

    /** In the present window; returns when both buckets are drawn. */
    static DemoPage open(Browser browser, URI page) throws Exception {
        browser.open(page);
        DemoPage opened = new DemoPage(browser);
        opened.awaitText(API + " .of", text -> text.startsWith("of "));
        opened.awaitText(LOGIN + " .of", text -> text.startsWith("of "));
        return opened;
    }

    static DemoPage openInNewWindow(Browser browser, URI page) throws Exception {
        browser.openWindow();
        return open(browser, page);
    }

    void sendOne(String card) throws Exception {
        click(card + " .one");
    }

    void sendTwenty(String card) throws Exception {
        click(card + " .twenty");
    }

    void click(String selector) throws Exception {
        browser.switchTo(window);
        browser.click(selector);
    }

    /** The text that is shown there. */
    String text(String selector) throws Exception {
        return evaluate("document.querySelector('" + selector + "').innerText");
    }

    int count(String selector) throws Exception {
        return Integer.parseInt(evaluate("document.querySelectorAll('" + selector + "').length"));
    }

    String evaluate(String expression) throws Exception {
        browser.switchTo(window);
        return browser.evaluate(expression).getAsString();
    }

    /** From now on the page remembers what it asks its server for. */
    void recordRequests() throws Exception {
        evaluate("""
                (function () {
                  const fetch = window.fetch;
                  window.asked = [];
                  window.fetch = (path, how) => {
                    window.asked.push(path);
                    return fetch(path, how);
                  };
                  return 'recorded';
                })()""");
    }

    /** How often it has asked for this, since it remembers. */
    int requests(String path) throws Exception {
        return Integer.parseInt(evaluate("String(window.asked.filter(path => path === '" + path + "').length)"));
    }

    /** Waits until it has asked for this so many times more. */
    void awaitRequests(String path, int more) throws Exception {
        int before = requests(path);
        await().alias(path).atMost(PATIENCE).until(() -> requests(path) >= before + more);
    }

    Colour colourOf(String selector) throws Exception {
        return Colour.parse(evaluate("getComputedStyle(document.querySelector('" + selector + "')).color"));
    }

    /** That of the element or of the nearest one behind it that has one. */
    Colour backgroundOf(String selector) throws Exception {
        return Colour.parse(evaluate("""
                (function () {
                  let element = document.querySelector('%s');
                  while (getComputedStyle(element).backgroundColor === 'rgba(0, 0, 0, 0)') {
                    element = element.parentElement;
                  }
                  return getComputedStyle(element).backgroundColor;
                })()""".formatted(selector)));
    }

    /** In CSS pixels from the top of the page, with a margin. */
    int heightDownTo(String selector) throws Exception {
        String bottom = "document.querySelector('" + selector + "').getBoundingClientRect().bottom";
        return Integer.parseInt(evaluate("String(Math.ceil(" + bottom + ") + 24)"));
    }

    String awaitText(String selector, Predicate<String> wanted) {
        return await().alias(selector).atMost(PATIENCE).until(() -> text(selector), wanted);
    }

    void awaitText(String selector, String wanted) {
        awaitText(selector, wanted::equals);
    }
}

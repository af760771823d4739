package dev.sluice.runner;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A Chromium without a screen. The chromedriver is the one that the system property of that name tells. Confined to one thread. */
final class Browser implements AutoCloseable {

    static final String TAB = "\uE004";
    static final String ENTER = "\uE007";

    /** Of a page, unless it is resized, in CSS pixels. */
    static final int WIDTH = 1120;

    private static final int HEIGHT = 900;

    private final WebDriver driver;

    /** With a new profile, in a folder that chromedriver makes and deletes. */
    Browser() throws IOException, InterruptedException {
        List<String> arguments = List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars");
        driver = new WebDriver(
                System.getProperty("chromedriver"),
                Map.of(
                        "goog:chromeOptions", Map.of("args", arguments),
                        "goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL")));
    }

    void open(URI page) throws IOException, InterruptedException {
        driver.post("/url", Map.of("url", page.toString()));
    }

    /** Which window it is that the other methods mean. */
    String window() throws IOException, InterruptedException {
        return driver.get("/window").getAsString();
    }

    void switchTo(String window) throws IOException, InterruptedException {
        driver.post("/window", Map.of("handle", window));
    }

    /** Opens one more, and switches to it. */
    void openWindow() throws IOException, InterruptedException {
        JsonObject opened = driver.post("/window/new", Map.of("type", "window")).getAsJsonObject();
        switchTo(opened.get("handle").getAsString());
    }

    /** What this expression is in the page. */
    JsonElement evaluate(String expression) throws IOException, InterruptedException {
        return driver.post("/execute/sync", Map.of("script", "return " + expression, "args", List.of()));
    }

    /** As a person does it, so that it fails if something covers the element. */
    void click(String selector) throws IOException, InterruptedException {
        JsonObject found = driver.post("/element", Map.of("using", "css selector", "value", selector))
                .getAsJsonObject();
        String id = found.entrySet().iterator().next().getValue().getAsString();
        driver.post("/element/" + id + "/click", Map.of());
    }

    void press(String key) throws IOException, InterruptedException {
        List<Object> strokes = List.of(Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key));
        driver.post(
                "/actions", Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", strokes))));
    }

    /** The preference of the user, such as {@code prefers-color-scheme}. */
    void prefer(String name, String value) throws IOException, InterruptedException {
        List<Object> features = List.of(Map.of("name", name, "value", value));
        driver.devTools("Emulation.setEmulatedMedia", Map.of("features", features));
    }

    /** @param width of the page, in CSS pixels */
    void resize(int width, double pixelsEach) throws IOException, InterruptedException {
        driver.devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", pixelsEach, "mobile", width < 500));
    }

    /** Forgets preferences and sizes. */
    void reset() throws IOException, InterruptedException {
        driver.devTools("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        resize(WIDTH, 1);
    }

    /** The upper part of the page as PNG, down to this height in CSS pixels. */
    byte[] picture(int height) throws IOException, InterruptedException {
        Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", WIDTH, "height", height, "scale", 1);
        JsonObject taken = driver.devTools(
                        "Page.captureScreenshot", Map.of("clip", clip, "captureBeyondViewport", true))
                .getAsJsonObject();
        return Base64.getDecoder().decode(taken.get("data").getAsString());
    }

    /** What stands in the console since the last call, but for answers that are no success: those it notes by itself. */
    List<String> complaints() throws IOException, InterruptedException {
        List<String> complaints = new ArrayList<>();
        for (JsonElement entry : log("browser")) {
            if (!entry.getAsJsonObject().get("source").getAsString().equals("network")) {
                complaints.add(entry.toString());
            }
        }
        return complaints;
    }

    /** What pages have asked for since the last call, but for those of the browser itself, such as that of a new window. */
    List<URI> requests() throws IOException, InterruptedException {
        List<URI> requests = new ArrayList<>();
        for (JsonElement entry : log("performance")) {
            String text = entry.getAsJsonObject().get("message").getAsString();
            JsonObject event = JsonParser.parseString(text).getAsJsonObject().getAsJsonObject("message");
            JsonObject parameters = event.getAsJsonObject("params");
            if (event.get("method").getAsString().equals("Network.requestWillBeSent")
                    && !parameters.get("documentURL").getAsString().startsWith("chrome:")) {
                JsonObject request = parameters.getAsJsonObject("request");
                requests.add(URI.create(request.get("url").getAsString()));
            }
        }
        return requests;
    }

    private Iterable<JsonElement> log(String type) throws IOException, InterruptedException {
        return driver.post("/se/log", Map.of("type", type)).getAsJsonArray();
    }

    @Override
    public void close() throws IOException {
        driver.close();
    }
}

package dev.sluice.runner;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A chromedriver in a process of its own with one session of W3C WebDriver. Confined to one thread. */
final class WebDriver implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("ChromeDriver was started successfully on port (\\d+)\\.");
    private static final Gson GSON = new Gson();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI server;
    private final String session;

    /** @param capabilities of the session */
    WebDriver(String executable, Map<String, Object> capabilities) throws IOException, InterruptedException {
        process = new ProcessBuilder(executable, "--port=0")
                .redirectErrorStream(true)
                .start();
        server = URI.create("http://127.0.0.1:" + port(process.inputReader()));
        JsonObject made = send("POST", "/session", Map.of("capabilities", Map.of("alwaysMatch", capabilities)))
                .getAsJsonObject();
        session = "/session/" + made.get("sessionId").getAsString();
    }

    JsonElement get(String command) throws IOException, InterruptedException {
        return send("GET", session + command, Map.of());
    }

    JsonElement post(String command, Object body) throws IOException, InterruptedException {
        return send("POST", session + command, body);
    }

    /** A command of the DevTools protocol. */
    JsonElement devTools(String command, Map<String, Object> parameters) throws IOException, InterruptedException {
        return post("/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    @Override
    public void close() throws IOException {
        try {
            send("DELETE", session, Map.of());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroy();
        }
    }

    private JsonElement send(String method, String path, Object body) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher publisher = method.equals("POST")
                ? HttpRequest.BodyPublishers.ofString(GSON.toJson(body))
                : HttpRequest.BodyPublishers.noBody();
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(server.resolve(path))
                        .method(method, publisher)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonElement value =
                JsonParser.parseString(response.body()).getAsJsonObject().get("value");
        if (response.statusCode() != 200) {
            throw new AssertionError(method + " " + path + ": " + value);
        }
        return value;
    }

    private static String port(BufferedReader words) throws IOException {
        for (String line = words.readLine(); line != null; line = words.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return started.group(1);
            }
        }
        throw new IOException("chromedriver does not start");
    }
}

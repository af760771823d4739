package dev.sluice.containers;

import dev.sluice.testing.Http;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Behind our filter an application may answer late, and bit by bit. */
@ExtendWith(Containers.Shared.class)
class StreamsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Promised(Promise.STREAMS)
    void bringEachEventWhenItIsSent(Container container, Containers containers) throws IOException {
        URI uri = containers.running(container).uri(Sites.SHOP, "/events");
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestProperty("X-Forwarded-For", new Client().address());
        connection.setReadTimeout((int) PATIENCE.toMillis());

        try (InputStream body = connection.getInputStream();
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            assertThat(connection.getContentType().replace(" ", ""))
                    .isEqualToIgnoringCase("text/event-stream;charset=utf-8");
            assertThat(connection.getHeaderField("RateLimit")).startsWith("\"default\";r=4");
            for (int event = 1; event <= 3; event++) {
                assertThat(lines.readLine()).isEqualTo("data: " + event);
                assertThat(lines.readLine()).isEmpty();
                if (event < 3) { // it sends the next one only when it is told to
                    assertThat(Http.send("POST", uri, new Client().line()).status())
                            .isEqualTo(204);
                }
            }
            assertThat(lines.readLine()).as("the end").isNull();
        }
    }
}

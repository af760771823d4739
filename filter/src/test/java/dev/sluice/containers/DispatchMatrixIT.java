package dev.sluice.containers;

import dev.sluice.testing.Http;
import dev.sluice.testing.HttpReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A request takes one token, however often the container dispatches it and although our filter is mapped to all dispatches. */
@ExtendWith(Containers.Shared.class)
class DispatchMatrixIT {

    private static final int REQUESTS = 50;
    private static final Pattern REMAINING = Pattern.compile("\"once\";r=(\\d+)");

    private record Dispatch(String path, int status, String answeredBy) {}

    private static final List<Dispatch> DISPATCHES = List.of(
            new Dispatch("/plain", 200, "plain"),
            new Dispatch("/forward", 200, "plain"),
            new Dispatch("/forward-twice", 200, "plain"),
            new Dispatch("/forward-thrice", 200, "plain"),
            new Dispatch("/include", 200, "plain"),
            new Dispatch("/error", 409, "sorry"),
            new Dispatch("/exception", 500, "sorry"),
            new Dispatch("/forward-to-error", 409, "sorry"),
            new Dispatch("/async", 200, "plain"),
            new Dispatch("/async-thread", 200, "plain"),
            new Dispatch("/async-twice", 200, "plain"),
            new Dispatch("/forward-to-async", 200, "plain"),
            new Dispatch("/async-timeout", 500, "sorry"),
            new Dispatch("/async-timeout-dispatch", 200, "plain"));

    private static ExecutorService clients;

    @BeforeAll
    static void startClients() {
        clients = Executors.newFixedThreadPool(REQUESTS);
    }

    @AfterAll
    static void stopClients() {
        clients.shutdown();
    }

    @Promised(Promise.DISPATCHES)
    void takesOneTokenForEachRequest(Container container, Containers containers) {
        RunningContainer running = containers.running(container);
        for (Dispatch dispatch : dispatchesOf(container)) {
            Http.get(
                    running.uri(Sites.DISPATCHES, dispatch.path())); // Payara loses pages of which two make the servlet
            int before = remainingAfterOneMore(running);

            List<HttpReply> replies = sideBySide(() -> Http.get(running.uri(Sites.DISPATCHES, dispatch.path())));

            assertThat(replies).as(dispatch.path()).allSatisfy(reply -> {
                assertThat(reply.status()).isEqualTo(dispatch.status());
                assertThat(reply.body()).isEqualTo(dispatch.answeredBy());
            });
            assertThat(before - remainingAfterOneMore(running))
                    .as(dispatch.path())
                    .isEqualTo(REQUESTS + 1);
        }
    }

    private static List<Dispatch> dispatchesOf(Container container) {
        return DISPATCHES.stream()
                .filter(dispatch -> !container.traits().doAsyncDispatchesRace()
                        || !dispatch.path().contains("async"))
                .toList();
    }

    /** One after the other would take long: Tomcat looks for what has timed out once a second. */
    private static List<HttpReply> sideBySide(Supplier<HttpReply> request) {
        List<CompletableFuture<HttpReply>> replies = Stream.generate(
                        () -> CompletableFuture.supplyAsync(request, clients))
                .limit(REQUESTS)
                .toList();
        return replies.stream().map(CompletableFuture::join).toList();
    }

    private static int remainingAfterOneMore(RunningContainer running) {
        String field = Http.get(running.uri(Sites.DISPATCHES, "/plain"))
                .field("RateLimit")
                .orElse("");
        Matcher matcher = REMAINING.matcher(field);
        assertThat(matcher.find()).as(field).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}

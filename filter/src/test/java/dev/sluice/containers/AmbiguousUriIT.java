package dev.sluice.containers;

import dev.sluice.containers.child.Setting;
import dev.sluice.testing.HttpReply;
import dev.sluice.testing.RawHttp;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Jetty that lets ambiguous URIs in throws when asked for their path, so that nobody can say which policy governs them: they are
 * refused.
 */
@ExtendWith(Containers.Shared.class)
class AmbiguousUriIT {

    private static final int REQUESTS = 50;

    static Stream<Container> jettys() {
        return Container.ofThisRun().filter(Container::isJetty);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jettys")
    void isRefusedWithoutAnyCharge(Container container, Containers containers) {
        int port = containers.running(container).port(Setting.UNDECODED, Sites.PATHS);

        for (String uri : new String[] {"/login%2f", "/admin/x%2fy", "/public/..%2flogin", "/%2flogin", "//login"}) {
            HttpReply reply = RawHttp.send(port, "GET " + uri + " HTTP/1.1");
            assertThat(reply.status()).as(uri).isEqualTo(400);
            assertThat(reply.field("X-Ran")).as(uri).isEmpty();
            assertThat(reply.field("RateLimit")).as(uri).isEmpty();
            assertThat(reply.body()).as(uri).doesNotContain("dev.sluice", "Exception", "\tat ");
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jettys")
    void doesNotFloodTheLog(Container container, Containers containers) {
        RunningContainer running = containers.running(container);
        int before = running.log().size();

        for (int i = 0; i < REQUESTS; i++) {
            RawHttp.send(running.port(Setting.UNDECODED, Sites.PATHS), "GET /admin/x%2fy HTTP/1.1");
        }

        assertThat(running.log().stream().skip(before)).isEmpty();
    }
}

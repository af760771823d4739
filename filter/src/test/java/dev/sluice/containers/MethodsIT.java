package dev.sluice.containers;

import dev.sluice.testing.HttpReply;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** The method that counts is the one on the request line; HEAD counts as GET. */
@ExtendWith(Containers.Shared.class)
class MethodsIT {

    @Promised(Promise.METHODS)
    void headTakesFromTheBucketOfGet(Container container, Containers containers) {
        RunningContainer running = containers.running(container);

        assertThat(policies(running.send(Sites.METHODS, "GET /x"))).isEqualTo("any,get");
        assertThat(policies(running.send(Sites.METHODS, "HEAD /x"))).isEqualTo("any,get");
    }

    @Promised(Promise.METHODS)
    void otherMethodsMeetOnlyPoliciesThatNameThemOrNone(Container container, Containers containers) {
        RunningContainer running = containers.running(container);

        assertThat(policies(running.send(Sites.METHODS, "POST /x", "Content-Length: 0")))
                .isEqualTo("any,post");
        assertThat(policies(running.send(Sites.METHODS, "OPTIONS /x"))).isEqualTo("any");
        assertThat(policies(running.send(Sites.METHODS, "DELETE /x"))).isEqualTo("any");
        assertThat(policies(running.send(
                        Sites.METHODS,
                        "OPTIONS /x",
                        "Origin: https://shop.example",
                        "Access-Control-Request-Method: POST")))
                .isEqualTo("any");
    }

    @Promised(Promise.METHODS)
    void overridesOfTheMethodAreNotHeeded(Container container, Containers containers) {
        RunningContainer running = containers.running(container);

        assertThat(policies(running.send(Sites.METHODS, "GET /x?_method=POST", "X-HTTP-Method-Override: POST")))
                .isEqualTo("any,get");
        assertThat(policies(running.send(
                        Sites.METHODS,
                        "POST /x",
                        "X-HTTP-Method-Override: GET",
                        "X-Method-Override: GET",
                        "Content-Length: 0")))
                .isEqualTo("any,post");
    }

    /** Sorted by name, as the filter asks them. */
    private static String policies(HttpReply reply) {
        assertThat(reply.status()).isEqualTo(200);
        return String.join(",", ChargedPolicies.of(reply));
    }
}

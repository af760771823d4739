package dev.sluice.containers;

import dev.sluice.testing.HttpReply;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The method that counts is the one on the request line; HEAD counts as GET. */
@ExtendWith(Containers.Shared.class)
class MethodsIT {

    @ParameterizedTest
    @EnumSource
    void headTakesFromTheBucketOfGet(Container container, Containers containers) {
        RunningContainer running = containers.running(container);

        assertThat(policies(running.send("GET /methods/x"))).isEqualTo("any,get");
        assertThat(policies(running.send("HEAD /methods/x"))).isEqualTo("any,get");
    }

    @ParameterizedTest
    @EnumSource
    void otherMethodsMeetOnlyPoliciesThatNameThemOrNone(Container container, Containers containers) {
        RunningContainer running = containers.running(container);

        assertThat(policies(running.send("POST /methods/x", "Content-Length: 0")))
                .isEqualTo("any,post");
        assertThat(policies(running.send("OPTIONS /methods/x"))).isEqualTo("any");
        assertThat(policies(running.send("DELETE /methods/x"))).isEqualTo("any");
        assertThat(policies(running.send(
                        "OPTIONS /methods/x", "Origin: https://shop.example", "Access-Control-Request-Method: POST")))
                .isEqualTo("any");
    }

    @ParameterizedTest
    @EnumSource
    void overridesOfTheMethodAreNotHeeded(Container container, Containers containers) {
        RunningContainer running = containers.running(container);

        assertThat(policies(running.send("GET /methods/x?_method=POST", "X-HTTP-Method-Override: POST")))
                .isEqualTo("any,get");
        assertThat(policies(running.send(
                        "POST /methods/x",
                        "X-HTTP-Method-Override: GET",
                        "X-Method-Override: GET",
                        "Content-Length: 0")))
                .isEqualTo("any,post");
    }

    /** Sorted by name, as the filter asks them. */
    private static String policies(HttpReply reply) {
        assertThat(reply.status()).isEqualTo(200);
        return reply.field("X-Policies").orElse("none said");
    }
}

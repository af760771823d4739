package dev.sluice.containers;

import dev.sluice.containers.child.Setting;
import dev.sluice.testing.HttpReply;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** However a proxy writes the address of a client, and whoever reads it: one client has one bucket. */
@ExtendWith(Containers.Shared.class)
class ForwardedIT {

    @Promised(Promise.FORWARDED)
    void addressesAreReadByTheFilter(Container container, Containers containers) {
        RunningContainer running = containers.running(container);

        oneClientHasOneBucket(running, Setting.PLAIN);
        String client = new Client().address();
        ask(running, Setting.PLAIN, "192.0.2.1, " + client);
        assertThat(used(running, client))
                .as("the right-most that is no proxy of ours")
                .isOne();
    }

    @Promised(Promise.FORWARDED_BY_CONTAINER)
    void addressesAreReadByTheContainer(Container container, Containers containers) {
        RunningContainer running = containers.running(container);

        String client = new Client().address();
        HttpReply reply = ask(running, Setting.BEHIND_PROXY, client);
        assertThat(reply.field("X-Peer")).as("what the container makes of it").contains(client);
        assertThat(used(running, client)).isOne();
        oneClientHasOneBucket(running, Setting.BEHIND_PROXY);
    }

    @Promised(Promise.FORWARDED)
    void unknownIsLimitedToo(Container container, Containers containers) {
        assertUnknownIsLimited(containers.running(container), Setting.PLAIN);
    }

    @Promised(Promise.FORWARDED_BY_CONTAINER)
    void unknownIsLimitedTooWhenTheContainerReadsIt(Container container, Containers containers) {
        assertUnknownIsLimited(containers.running(container), Setting.BEHIND_PROXY);
    }

    private static void oneClientHasOneBucket(RunningContainer running, Setting setting) {
        String v4 = new Client().address();
        for (String written : List.of(v4, v4 + ":5555", v4 + ":6666")) {
            assertThat(ask(running, setting, written).status()).as(written).isEqualTo(200);
        }
        assertThat(used(running, v4)).as(v4).isEqualTo(3);

        String group = "2001:db8:" + v4.substring(v4.lastIndexOf('.') + 1) + ":" + (1 + setting.ordinal());
        for (String written : List.of(group + "::1", "[" + group + "::2]", "[" + group + "::3]:4711")) {
            assertThat(ask(running, setting, written).status()).as(written).isEqualTo(200);
        }
        assertThat(used(running, group + "::/64")).as(group).isEqualTo(3);
    }

    private static void assertUnknownIsLimited(RunningContainer running, Setting setting) {
        int rejected = 0;
        for (int request = 0; request <= RunningContainer.CAPACITY; request++) {
            HttpReply reply = ask(running, setting, "unknown");
            assertThat(reply.field("RateLimit")).isPresent();
            rejected += reply.status() == 429 ? 1 : 0;
        }
        assertThat(rejected).isPositive();
    }

    private static HttpReply ask(RunningContainer running, Setting setting, String forwardedFor) {
        return running.send(setting, Sites.SHOP, "GET /hello", "X-Forwarded-For: " + forwardedFor);
    }

    private static long used(RunningContainer running, String client) {
        String tokens = running.redis().client().hget("rate_limit:" + client, "tokens");
        return tokens == null ? 0 : RunningContainer.CAPACITY - Long.parseLong(tokens);
    }
}

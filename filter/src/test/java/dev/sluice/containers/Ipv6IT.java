package dev.sluice.containers;

import dev.sluice.containers.child.Setting;
import dev.sluice.testing.Http;
import dev.sluice.testing.HttpReply;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.URI;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(Containers.Shared.class)
class Ipv6IT {

    @Promised(Promise.IPV6)
    void aPeerIsGroupedByItsNetwork(Container container, Containers containers) {
        RunningContainer running = containers.running(container);
        URI uri = running.uri(Setting.IPV6, Sites.SHOP, "/hello");

        for (int request = 1; request <= RunningContainer.CAPACITY; request++) {
            assertThat(Http.get(uri).status()).isEqualTo(200);
        }
        HttpReply rejected = Http.get(uri);

        assertThat(rejected.status()).isEqualTo(429);
        assertThat(running.redis().client().hget("rate_limit:::/64", "tokens")).isEqualTo("0");
    }
}

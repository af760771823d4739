package dev.sluice.testing;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(SharedRedis.class)
class SharedRedisIT {

    private static final Set<Long> PIDS = new HashSet<>();

    @RepeatedTest(2)
    void isTheSameServerAndEmptyBeforeEachTest(RedisServer server) {
        PIDS.add(server.pid());
        assertThat(PIDS).hasSize(1);
        assertThat(server.client().dbSize()).isZero();
        server.client().set("key", "value");
    }
}

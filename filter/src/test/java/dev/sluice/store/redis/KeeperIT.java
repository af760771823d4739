package dev.sluice.store.redis;

import dev.sluice.store.StoreObserver;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SharedRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Its thread dies at work, of a heap that is full for a moment, say: no connection is left behind or half made. */
@ExtendWith(SharedRedis.class)
@Timeout(60)
class KeeperIT {

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger deaths = new AtomicInteger();
    private RedisServer server;

    @BeforeEach
    void take(RedisServer shared) {
        server = shared;
    }

    @Test
    void usesNoLineOfWhichItDoesNotKnowThatRedisDecidesOnIt() {
        deaths.set(1);
        RedisNode node = node(new Keeping());
        try {
            node.awaitReady(System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
            assertThat(lines).hasSizeGreaterThan(1);
            assertThat(lines.get(0).isBroken()).isTrue();
            assertThat(lines).last().matches(line -> !line.isBroken());
        } finally {
            node.stop();
        }
    }

    @Test
    void leavesNothingOpenIfItDiesWhileItLooksForTheMaster() {
        RedisNode node = node(new Keeping() {
            @Override
            public boolean mayMove() {
                return true;
            }

            @Override
            public boolean hasMoved(Line scratch) {
                connect(scratch);
                throw new Death();
            }
        });
        try {
            Awaitility.await().until(() -> lines.stream().anyMatch(Line::isBroken));
        } finally {
            node.stop();
        }
    }

    private RedisNode node(Connector connector) {
        RedisSettings settings = TestSettings.of(server);
        return new RedisNode(
                "redis",
                connector,
                new RedisNode.Calls() {
                    @Override
                    public Call empty() {
                        return new ScriptCall();
                    }

                    @Override
                    public Call question() {
                        if (deaths.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                            throw new Death();
                        }
                        return new StandaloneCalls().question();
                    }
                },
                new StoreContext(settings, new Watchdog(settings.deadline()), () -> "", StoreObserver.NONE));
    }

    /** To the real server; keeps what it has connected. */
    private class Keeping implements Connector {

        private final Connector usual =
                Connectors.toRedis(TestSettings.of(server)).to(new RedisAddress(Loopback.HOST, server.port()), 0);

        @Override
        public boolean connect(Line line) {
            lines.add(line);
            return usual.connect(line);
        }
    }
}

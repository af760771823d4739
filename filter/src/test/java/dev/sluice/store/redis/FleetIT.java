package dev.sluice.store.redis;

import dev.sluice.testing.ChildJvm;
import dev.sluice.testing.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A fleet of four servers with eight threads each shares one bucket, exactly. */
class FleetIT {

    private static final int SERVERS = 4;
    private static final int THREADS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void drainsABucketOfAThousandByExactlyAThousand() {
        long requestsEach = 5_000 / (SERVERS * THREADS) + 1;
        try (RedisServer redis = RedisServer.start()) {
            assertThat(permitted(fleet(redis, requestsEach, 1_000, 0))).isEqualTo(1_000);
        }
    }

    @Test
    void admitsNeitherMoreNorLessThanCapacityAndRefill() {
        long capacity = 100;
        long perSecond = 50;
        try (RedisServer redis = RedisServer.start()) {
            List<ChildJvm> fleet = fleet(redis, Long.MAX_VALUE, capacity, perSecond);
            long beforeMicros = clockMicros(redis);
            fleet.forEach(server -> server.send("go"));
            fleet.forEach(server -> server.awaitLine("began"::equals, PATIENCE));
            long begunMicros = clockMicros(redis);
            Awaitility.await().atMost(PATIENCE).until(() -> clockMicros(redis) - begunMicros > 5_000_000);
            long stopMicros = clockMicros(redis);
            fleet.forEach(server -> server.send("stop"));
            long permitted = permittedSoFar(fleet);
            long afterMicros = clockMicros(redis);

            assertThat(permitted).isLessThanOrEqualTo(capacity + perSecond * (afterMicros - beforeMicros) / 1_000_000);
            assertThat(permitted)
                    .isGreaterThanOrEqualTo(capacity + perSecond * (stopMicros - begunMicros) / 1_000_000 - 1);
        }
    }

    private static List<ChildJvm> fleet(RedisServer redis, long requestsEach, long capacity, long perSecond) {
        List<ChildJvm> fleet = IntStream.range(0, SERVERS)
                .mapToObj(i -> ChildJvm.start(
                        AskingServer.class,
                        Integer.toString(redis.port()),
                        Integer.toString(THREADS),
                        Long.toString(requestsEach),
                        Long.toString(capacity),
                        Long.toString(perSecond)))
                .toList();
        fleet.forEach(server -> server.awaitLine("ready"::equals, PATIENCE));
        return fleet;
    }

    private static long permitted(List<ChildJvm> fleet) {
        fleet.forEach(server -> server.send("go"));
        return permittedSoFar(fleet);
    }

    private static long permittedSoFar(List<ChildJvm> fleet) {
        long permitted = 0;
        for (ChildJvm server : fleet) {
            String line = server.awaitLine(each -> each.startsWith("permitted") || each.startsWith("failed"), PATIENCE);
            assertThat(line).startsWith("permitted");
            permitted += Long.parseLong(line.split(" ")[1]);
            server.close();
        }
        return permitted;
    }

    private static long clockMicros(RedisServer redis) {
        List<?> time = (List<?>) redis.client().executeCommand(new CommandArguments(Protocol.Command.TIME));
        return Long.parseLong(new String((byte[]) time.get(0))) * 1_000_000
                + Long.parseLong(new String((byte[]) time.get(1)));
    }
}

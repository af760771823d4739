package dev.sluice.store.redis;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class ConcurrencyLimitTest {

    private final ConcurrencyLimit limit = new ConcurrencyLimit();
    private long nowNanos = System.nanoTime();

    @Test
    void allowsOneCallBeforeTheFirstRoundTrip() {
        assertThat(limit.calls()).isEqualTo(1);
        assertThat(limit.isFar()).isFalse();
    }

    @Test
    void allowsOneCallToRedisOnTheSameMachine() {
        roundTrip(80);

        assertThat(limit.calls()).isEqualTo(1);
    }

    @Test
    void letsEightThreadsFlyAtOnceOnAWireOfAMillisecond() {
        roundTrip(1_100);

        assertThat(limit.calls()).isEqualTo(8);
    }

    @Test
    void allowsAFewCallsInADataCentre() {
        roundTrip(450);

        assertThat(limit.calls()).isEqualTo(4);
    }

    @Test
    void neverAllowsMoreCallsThanThereCanBeLines() {
        roundTrip(80_000);

        assertThat(limit.calls()).isEqualTo(ConcurrencyLimit.MOST);
    }

    @Test
    void callsRedisFarFromTwentyMillisecondsOn() {
        roundTrip(19_999);
        assertThat(limit.isFar()).isFalse();

        roundTripAfterSeconds(3, 20_000);
        roundTripAfterSeconds(3, 20_000);
        assertThat(limit.isFar()).isTrue();
    }

    @Test
    void goesByTheShortestRoundTripSinceABusyRedisOnlySeemsFurtherAway() {
        roundTrip(1_100);
        roundTrip(5_000);

        assertThat(limit.calls()).isEqualTo(8);
    }

    @Test
    void forgetsAShortRoundTripWhenRedisHasMovedAway() {
        roundTrip(80);

        roundTripAfterSeconds(2, 1_100);
        assertThat(limit.calls()).isEqualTo(1); // the second before still counts

        roundTripAfterSeconds(2, 1_100);
        assertThat(limit.calls()).isEqualTo(8);
    }

    @Test
    void makesRoomForOneMoreForEachCallThatHangs() {
        roundTrip(80);

        limit.hanging(2);
        assertThat(limit.calls()).isEqualTo(3);

        limit.hanging(0);
        assertThat(limit.calls()).isEqualTo(1);
    }

    private void roundTrip(long micros) {
        limit.roundTrip(TimeUnit.MICROSECONDS.toNanos(micros), nowNanos);
    }

    private void roundTripAfterSeconds(long seconds, long micros) {
        nowNanos += TimeUnit.SECONDS.toNanos(seconds);
        roundTrip(micros);
    }
}

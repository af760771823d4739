package dev.sluice.store.redis;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class TrialTest {

    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private double idle = 0.5;
    private boolean near;
    private long whileLooking;
    private final Trial trial = new Trial(0, () -> idle);
    private long nowNanos;

    @Test
    void keepsOneMoreThatDecidesMore() {
        run(200, 1_000, 1_200, 1_210, 1_200); // as with a core to spare: one more fills it, two more do not matter

        assertThat(trial.more()).isEqualTo(1);
    }

    @Test
    void climbsAsLongAsItPays() {
        run(200, 1_000, 1_100, 1_250, 1_400);

        assertThat(trial.more()).isEqualTo(3);
    }

    @Test
    void staysWithFewestCallsIfMoreDecideNoMore() {
        run(200, 1_000, 1_000, 1_000, 1_000);

        assertThat(trial.more()).isZero();
    }

    @Test
    void goesBackWhenTheLoadHasChanged() {
        run(200, 1_000, 1_100, 1_250, 1_400);

        run(4_000, 1_000, 900, 800, 700);

        assertThat(trial.more()).isZero();
    }

    @Test
    void takesNoMoreWhereHardlyACoreIdlesWhatItWinsOthersLose() {
        idle = 0.15;

        assertThat(turnsWithMore(2_000, 1_000, 1_300, 1_500, 1_600)).isZero();
    }

    @Test
    void takesLessWhenNoCoreIdlesAnyMore() {
        run(200, 1_000, 1_100, 1_250, 1_400);
        idle = 0.05;

        run(2_000, 1_000, 1_100, 1_250, 1_400);

        assertThat(trial.more()).isZero();
    }

    @Test
    void keepsWhatStillDecidesMoreWhileALittleIdles() {
        run(200, 1_000, 1_200, 1_210, 1_200);
        idle = 0.15;

        run(2_000, 1_000, 1_200, 1_500, 1_600);

        assertThat(trial.more()).isEqualTo(1);
    }

    @Test
    void triesWithoutKnowingWhetherCoresIdle() {
        idle = Double.NaN;

        run(400, 1_000, 1_200, 1_210, 1_200);

        assertThat(trial.more()).isEqualTo(1);
    }

    @Test
    void triesNothingInALull() {
        run(200, 5, 500, 500, 500);

        assertThat(trial.more()).isZero();
    }

    @Test
    void triesAnewAfterALull() {
        run(2_000, 1_000, 800, 700, 600);
        run(1, 5, 5, 5, 5);

        run(30, 1_000, 1_300, 1_310, 1_300);

        assertThat(trial.more()).isEqualTo(1);
    }

    @Test
    void spendsEverLessTimeOnTrialsInVain() {
        run(200, 1_000, 800, 700, 600);

        assertThat(turnsWithMore(1_500, 1_000, 800, 700, 600))
                .isBetween(1, 4 * 4); // half of eight turns, four times in 30 s
    }

    @Test
    void looksIfThatDecidesMore() {
        idle = 0.15;
        near(1_300);

        run(18, 1_000, 1_000, 1_000, 1_000);

        assertThat(trial.looks()).isTrue();
        assertThat(trial.more()).isZero();
    }

    @Test
    void doesNotLookForALittleMore() {
        near(1_200);

        assertThat(turnsWithALook(4_000, 1_000, 1_000, 1_000, 1_000)).isLessThan(50);
    }

    @Test
    void spendsOneTurnOnALookThatDecidesNoMore() {
        near(980);

        assertThat(turnsWithALook(20, 1_000, 1_000, 1_000, 1_000)).isEqualTo(1);
    }

    @Test
    void goesOnLookingForALittleLess() {
        near(1_300);
        run(18, 1_000, 1_000, 1_000, 1_000);
        near(1_200);

        assertThat(turnsWithALook(4_000, 1_000, 1_000, 1_000, 1_000)).isGreaterThan(3_000);
    }

    @Test
    void goesOnLookingWhenThatKeepsAllCoresBusy() {
        near(1_300);
        run(18, 1_000, 1_000, 1_000, 1_000);
        idle = 0;

        run(1_000, 1_000, 1_000, 1_000, 1_000);

        assertThat(trial.looks()).isTrue();
    }

    @Test
    void doesNotEvenTryToLookWhereHardlyACoreIdles() {
        idle = 0.05;
        near(1_300);

        assertThat(turnsWithALook(2_000, 1_000, 1_000, 1_000, 1_000)).isZero();
    }

    @Test
    void goesBackToSleepWhenTheLoadHasChanged() {
        near(1_300);
        run(200, 1_000, 1_000, 1_000, 1_000);

        near(1_120);
        run(4_000, 1_000, 1_000, 1_000, 1_000);

        assertThat(turnsWithALook(4_000, 1_000, 1_000, 1_000, 1_000)).isLessThan(50);
    }

    @Test
    void noticesWithinSecondsThatOthersTakeTheCoresItOffers() {
        near(1_500);
        run(4_000, 1_000, 1_000, 1_000, 1_000);

        near(300);

        assertThat(turnsWithALook(500, 1_000, 1_000, 1_000, 1_000)).isLessThan(150); // of 20 ms: 3 s
    }

    @Test
    void looksForNothingThatIsFarAway() {
        near(1_300);
        near = false;

        assertThat(turnsWithALook(2_000, 1_000, 1_000, 1_000, 1_000)).isZero();
    }

    @Test
    void letsOneMoreFlyWhereLookingIsInVain() {
        near(900);

        run(200, 1_000, 1_200, 1_210, 1_200);

        assertThat(trial.more()).isEqualTo(1);
    }

    private void near(long decidedWhileLooking) {
        near = true;
        whileLooking = decidedWhileLooking;
    }

    private int turnsWithALook(int turns, long... decided) {
        int looking = 0;
        for (int turn = 0; turn < turns; turn++) {
            looking += trial.looks() ? 1 : 0;
            run(1, decided);
        }
        return looking;
    }

    /** @param decided in one turn, with none, one, two and three more */
    private void run(int turns, long... decided) {
        turnsWithMore(turns, decided);
    }

    private int turnsWithMore(int turns, long... decided) {
        int withMore = 0;
        for (int turn = 0; turn < turns; turn++) {
            withMore += trial.more() > 0 ? 1 : 0;
            long inThisTurn = trial.looks() ? whileLooking : decided[trial.more()];
            nowNanos += TURN_NANOS / 2;
            assertThat(trial.observe(nowNanos, inThisTurn / 2, near)).isFalse();
            nowNanos += TURN_NANOS / 2;
            assertThat(trial.observe(nowNanos, inThisTurn, near)).isTrue();
        }
        return withMore;
    }
}

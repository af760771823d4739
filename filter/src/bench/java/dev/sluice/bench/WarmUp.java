package dev.sluice.bench;

/**
 * Unmeasured rounds of one length until a JVM gets no faster: it has then compiled what it will run. How many that takes
 * differs from one contender to the other by far, and a compiler that is still at work takes a core from whoever is measured.
 */
final class WarmUp {

    /** Less than this is noise. */
    private static final double FASTER = 1.03;

    /** So many in a row that are not faster than the fastest. */
    private static final int ROUNDS_TO_BE_SURE = 2;

    private final int most;
    private int rounds;
    private int inVain;
    private double fastest;

    /** @param most rounds, should it never end */
    WarmUp(int most) {
        this.most = most;
    }

    boolean goesOn() {
        return rounds < most && inVain < ROUNDS_TO_BE_SURE;
    }

    /** @param done in one more round */
    void add(double done) {
        rounds++;
        inVain = done > fastest * FASTER ? 0 : inVain + 1;
        fastest = Math.max(fastest, done);
    }
}

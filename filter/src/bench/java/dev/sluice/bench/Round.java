package dev.sluice.bench;

/**
 * What one contender did in one round.
 *
 * @param perSecond decisions
 * @param p50 of a decision, in microseconds
 * @param p99 of a decision, in microseconds
 * @param cost to Redis of one decision
 * @param admitted in the whole round
 * @param bound the most that it may admit
 */
record Round(double perSecond, double p50, double p99, RedisCost cost, long admitted, long bound) {

    boolean admittedTooMuch() {
        return admitted > bound;
    }
}

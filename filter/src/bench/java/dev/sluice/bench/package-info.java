/**
 * The side-by-side benchmark, {@code mvn -Pbench verify -pl filter}: it writes {@code docs/performance.md}. Part of no artifact.
 *
 * <p>Every contender runs in JVMs of its own, so that none lives on what another has compiled, and they take turns: what the machine
 * does at the side hits all alike. What counts is their ratio, taken round by round.
 */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;

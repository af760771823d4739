/**
 * What tests need around the filter: real servers, faults on the wire, other JVMs, plain HTTP.
 *
 * <p>Everything listens on loopback only and ends with its {@code close()}, or else with the JVM of the test. Nothing sleeps: what
 * takes time is waited for by its condition.
 */
@NullMarked
package dev.sluice.testing;

import org.jspecify.annotations.NullMarked;

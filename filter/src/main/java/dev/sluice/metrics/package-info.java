/**
 * Counts what the limiter and the store tell their observer, and publishes the figures in JMX, through Micrometer and
 * through OpenTelemetry, the latter two if the application has them. Each is known in one file.
 */
@NullMarked
package dev.sluice.metrics;

import org.jspecify.annotations.NullMarked;

/**
 * Configuration: the one table of options, where values come from, and what is said when they are wrong.
 *
 * <pre>
 *   ConfigurationReader.read    all of the below, in order
 *     Sources                   who says what: the value that wins, and where it stands
 *     Values                    an option of the table, parsed; every mistake is collected
 *     Settings                  what is in force
 * </pre>
 *
 * {@link dev.sluice.config.Options} and {@link dev.sluice.config.PolicyOptions} are the table. To add an option, add a row.
 */
@NullMarked
package dev.sluice.config;

import org.jspecify.annotations.NullMarked;

/**
 * The command line of the standalone jar: {@code check} examines a configuration and the Redis that it names before a filter
 * depends on both, {@code explain} says what would become of one request. Nothing here runs inside an application.
 *
 * <pre>
 *   Main                        arguments, exit code
 *     Check                     all of the below, in order
 *       PolicyFigures           the arithmetic of a policy
 *       ConfigurationChecks     what the filter accepts and an operator would regret
 *       ServerChecks            reach it, ask it, let the script decide
 *     Explain                   the policies that match, whose buckets, what is left in them
 *   Code                        the table of all that can be found, and its cures
 * </pre>
 */
@NullMarked
package dev.sluice.check;

import org.jspecify.annotations.NullMarked;

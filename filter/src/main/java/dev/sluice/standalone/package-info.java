/**
 * What only the {@code -standalone} jar needs: it has an slf4j of its own, for Jedis, and hands what that is told to
 * {@link java.lang.System.Logger}. Nothing names these classes in the other jar, where the application's slf4j is in use.
 */
@NullMarked
package dev.sluice.standalone;

import org.jspecify.annotations.NullMarked;

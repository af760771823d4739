/** The standalone jar, and what becomes of applications into which it is dropped. */
@NullMarked
package dev.sluice.dropin;

import org.jspecify.annotations.NullMarked;

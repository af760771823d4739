/** Runs a WAR in an embedded Jetty, with a real Redis beside it where none is configured. {@link Main} tells the story. */
@NullMarked
package dev.sluice.runner;

import org.jspecify.annotations.NullMarked;

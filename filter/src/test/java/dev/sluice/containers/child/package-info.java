/** What runs in the JVM of a container: the container itself, started in code, and the sites that the suite asks. */
@NullMarked
package dev.sluice.containers.child;

import org.jspecify.annotations.NullMarked;

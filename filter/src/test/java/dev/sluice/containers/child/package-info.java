/**
 * What runs in the JVM of a container: the container itself, started in code. Containers that the build downloads on demand have
 * their launchers, each one file, in {@code src/test/containers}.
 */
@NullMarked
package dev.sluice.containers.child;

import org.jspecify.annotations.NullMarked;

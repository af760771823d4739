/**
 * One suite over HTTP that runs unchanged against each {@link dev.sluice.containers.Container}. Another container joins by a
 * constant there, a folder of jars in the build and, if its family is new, a class like those of {@code child}.
 */
@NullMarked
package dev.sluice.containers;

import org.jspecify.annotations.NullMarked;

/** Whose bucket: what may be read of a request, and how that becomes the name of a bucket. Pure: only {@code java.*}. */
@NullMarked
package dev.sluice.key;

import org.jspecify.annotations.NullMarked;

/** Where buckets live: the port, with one method. */
@NullMarked
package dev.sluice.store;

import org.jspecify.annotations.NullMarked;

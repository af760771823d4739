/** The application that is protected. It knows nothing of the filter: {@code web.xml} puts one before the other. */
@NullMarked
package dev.sluice.demo;

import org.jspecify.annotations.NullMarked;

/**
 * The application that is protected. It knows nothing of the filters that {@code web.xml} puts before it, except what any
 * application may: it says which requests cost nothing, and reads who has decided.
 */
@NullMarked
package dev.sluice.demo;

import org.jspecify.annotations.NullMarked;

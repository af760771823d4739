/** What runs in the JVM of a server, with none of our own classes around. */
@NullMarked
package dev.sluice.dropin.child;

import org.jspecify.annotations.NullMarked;

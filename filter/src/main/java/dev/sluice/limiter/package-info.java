/** From a request to a verdict: the matching policies, one question to the store, and what happens without an answer. */
@NullMarked
package dev.sluice.limiter;

import org.jspecify.annotations.NullMarked;

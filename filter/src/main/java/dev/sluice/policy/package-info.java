/** Policies: which requests, whose bucket, which bucket, and what happens when the store cannot answer. */
@NullMarked
package dev.sluice.policy;

import org.jspecify.annotations.NullMarked;

/** Buckets of this server alone: what limits while the store cannot answer, and the oracle of its tests. */
@NullMarked
package dev.sluice.store.local;

import org.jspecify.annotations.NullMarked;

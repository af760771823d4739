package dev.sluice.store.redis;

import dev.sluice.store.StoreObserver;

import java.util.function.Supplier;

/**
 * What all nodes of one store have in common. Immutable.
 *
 * @param watchdog cuts calls that are late
 * @param consequence what happens to requests in an outage, for the log: {@code limiting per server}
 * @param observer is told of every question and every call
 */
record StoreContext(RedisSettings settings, Watchdog watchdog, Supplier<String> consequence, StoreObserver observer) {}

/** Buckets in Redis: the script, and how it is called through Jedis. The only package that knows Jedis. */
@NullMarked
package dev.sluice.store.redis;

import org.jspecify.annotations.NullMarked;

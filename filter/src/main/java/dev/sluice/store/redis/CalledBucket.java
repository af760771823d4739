package dev.sluice.store.redis;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import redis.clients.jedis.args.Rawable;

import java.nio.charset.StandardCharsets;

/** A bucket that a call of the script asks for; as an argument, its key. Confined to one thread. */
final class CalledBucket implements Rawable {

    final BucketKey key;
    final TokenBucket bucket;
    final int position; // among the keys of the call, from 1
    final int kind; // among its kinds of bucket, from 1
    EqualRequests last; // the last requests that ask for it

    CalledBucket(BucketKey key, TokenBucket bucket, int position, int kind, EqualRequests last) {
        this.key = key;
        this.bucket = bucket;
        this.position = position;
        this.kind = kind;
        this.last = last;
    }

    @Override
    public byte[] getRaw() {
        return key.text().getBytes(StandardCharsets.US_ASCII);
    }
}

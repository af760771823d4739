package dev.sluice.store.redis;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;

import java.util.List;

/** How a server is asked that holds all buckets: one call of the script carries everybody. Immutable. */
final class StandaloneCalls implements RedisNode.Calls {

    private static final List<Charge> QUESTION =
            List.of(new Charge(BucketKey.unnamed("~probe"), new TokenBucket(1, 1, 1), 1, true));

    @Override
    public Call empty() {
        return new ScriptCall();
    }

    @Override
    public Call question() {
        ScriptCall call = new ScriptCall();
        call.add(QUESTION, Act.TAKE);
        return call;
    }
}

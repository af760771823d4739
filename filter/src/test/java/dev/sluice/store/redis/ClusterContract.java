package dev.sluice.store.redis;

import dev.sluice.key.BucketKey;
import dev.sluice.store.BucketStore;
import dev.sluice.store.BucketStoreContract;
import org.junit.jupiter.api.Nested;

/** What every store promises, of buckets in one slot of a cluster and across slots. */
abstract class ClusterContract {

    abstract BucketStore ofCluster();

    @Nested
    class BucketsOfOneClient extends BucketStoreContract {

        @Override
        protected BucketStore store() {
            return ofCluster();
        }
    }

    @Nested
    class BucketsInDifferentSlots extends BucketStoreContract {

        @Override
        protected BucketStore store() {
            return ofCluster();
        }

        @Override
        protected BucketKey key(String policy, String client) {
            return BucketKey.of(policy, policy + "-" + client);
        }
    }
}

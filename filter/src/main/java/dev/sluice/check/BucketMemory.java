package dev.sluice.check;

/** What a bucket costs Redis. The one home of this figure: {@code BucketMemoryIT} measures it, {@code docs/operations.md} tells it. */
final class BucketMemory {

    /** Bytes for each client of a policy, its key and its expiry included, as {@code used_memory} grows by. */
    static final long BYTES_PER_CLIENT = 230;

    private BucketMemory() {}

    /** {@code 230 MB}: a million clients of one policy. */
    static String ofAMillion() {
        return BYTES_PER_CLIENT + " MB";
    }
}

package dev.sluice.store.redis;

/** What a thread dies of in a test, as it may of a heap or a stack that is full. */
final class Death extends Error {

    private static final long serialVersionUID = 1L;
}

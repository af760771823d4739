package dev.sluice.store;

/** Why a call to the store gave no decision, by what follows from it. */
public enum FaultKind {
    /** The connection ended without a reply, and it may have been lost long before. */
    DISCONNECTED,
    /** No reply in time: the connection is given up, since the reply may still come. */
    LATE,
    /** A reply that is not one of the script's: the connection is given up. */
    GARBAGE,
    /** The store refuses for the time being; the connection is good. */
    REFUSED,
    /** The store will refuse until somebody changes its configuration or ours; the connection is good. */
    MISCONFIGURED
}

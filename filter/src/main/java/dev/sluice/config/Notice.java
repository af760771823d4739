package dev.sluice.config;

/**
 * What an operator should know and perhaps mend, though the filter starts. Immutable; shows no secret.
 *
 * @param kind what it is about
 * @param text one line, to be logged as a warning
 */
public record Notice(Kind kind, String text) {

    /** What a notice is about. */
    public enum Kind {
        /** An environment variable looks like an option and is none. */
        UNKNOWN_VARIABLE,
        /** A forwarded header is named that is not read, because no proxy is trusted. */
        HEADER_NOT_READ,
        /** A client can make up a new partition key for every request. */
        FORGEABLE_KEY,
        /** A certificate of TLS is checked less than it should be. */
        TLS_UNVERIFIED,
        /** A value is set that has no effect. */
        IN_VAIN
    }
}

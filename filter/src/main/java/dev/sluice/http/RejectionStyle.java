package dev.sluice.http;

/** Who writes the answer to a request that does not pass. */
public enum RejectionStyle {
    /** The filter: text or problem+json, as the client accepts. */
    RESPONSE,
    /** The application's or the container's error page for the status, through {@code sendError}. */
    ERROR_PAGE
}

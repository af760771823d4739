package dev.sluice.containers.child;

/** How a container is told to treat URIs that can be read in two ways, such as {@code /a%2fb}. */
public enum UriRules {
    /** As it comes. */
    STRICT,
    /** Let in, and decoded before a servlet is chosen. */
    DECODED,
    /** Let in as they are. */
    UNDECODED
}

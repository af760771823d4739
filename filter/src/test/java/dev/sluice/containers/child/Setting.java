package dev.sluice.containers.child;

/** One way to set up a container. */
public enum Setting {
    /** As it comes. */
    PLAIN,
    /** URIs that can be read in two ways, such as {@code /a%2fb}, are let in, and decoded before a servlet is chosen. */
    DECODED,
    /** Such URIs are let in as they are. */
    UNDECODED,
    /** The container itself reads the header fields in which proxies say who asked. */
    BEHIND_PROXY,
    /** It listens on {@code ::1} instead of {@code 127.0.0.1}. */
    IPV6,
    /** Each request runs in a virtual thread; needs Java 21. */
    VIRTUAL_THREADS;

    /** Where it listens, and nowhere else. */
    public String host() {
        return this == IPV6 ? "::1" : "127.0.0.1";
    }
}

package dev.sluice.key;

import java.util.List;

/**
 * One of the alternatives of a partition: parts that tell clients apart together.
 *
 * @param withAddress whether the client address is one of them
 * @param parts the others; with none and without the address, everybody is one client
 */
record Alternative(boolean withAddress, List<Part> parts) {

    Alternative {
        parts = List.copyOf(parts);
    }

    Identity of(RequestView request) {
        Identity identity = new Identity(withAddress);
        for (Part part : parts) {
            identity.add(part, request);
        }
        return identity;
    }

    /** Whether a client can invent all of it. */
    boolean isForgeable() {
        return !withAddress && !parts.isEmpty() && parts.stream().allMatch(Part::forgeable);
    }
}

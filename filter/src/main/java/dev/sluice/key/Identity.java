package dev.sluice.key;

import java.util.ArrayList;
import java.util.List;

/** What one request shows of the parts that are asked of it. Confined to one request. */
final class Identity {

    private static final String ADDRESS = "ip";

    private final List<String> labelled = new ArrayList<>(); // most often of nothing: the address alone
    private boolean withAddress;
    private boolean complete = true;

    /** @param withAddress whether the client address is asked for */
    Identity(boolean withAddress) {
        this.withAddress = withAddress;
    }

    void add(Part part, RequestView request) {
        String value = part.of(request).orElse("");
        if (value.isEmpty()) {
            complete = false;
            withAddress = true; // in the place of what is missing
        } else {
            labelled.add(part.label());
            labelled.add(value);
        }
    }

    /** Whether nothing was missing. */
    boolean isComplete() {
        return complete;
    }

    /**
     * The client as text: its address, {@value Partition#ALL}, a hash, or {@code address+hash}. No two of these can be
     * equal: an address has a dot or a colon or is {@value ClientAddress#UNKNOWN}, a hash has 22 characters and neither.
     */
    String clientText(RequestView request, ClientAddress clientAddress, KeyHash hash) {
        if (!withAddress) {
            return labelled.isEmpty() ? Partition.ALL : hash.of(labelled);
        }
        String address = clientAddress.clientOf(request);
        if (labelled.isEmpty()) {
            return address;
        }
        if (address.length() + 1 + KeyHash.LENGTH <= BucketKey.MAX_CLIENT_LENGTH) {
            return address + "+" + hash.of(labelled);
        }
        labelled.add(ADDRESS);
        labelled.add(address);
        return hash.of(labelled);
    }
}

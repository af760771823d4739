package dev.sluice.key;

import java.util.Optional;

/** How one line of a forwarded header is written. Each is taken apart from its right end. */
interface HopSyntax {

    /** {@code X-Forwarded-For} and its like. */
    HopSyntax ADDRESSES = new AddressList();

    /** {@code Forwarded}, RFC 7239. */
    HopSyntax FORWARDED = new ForwardedElements();

    /** Where the last element of {@code line} before {@code end} begins: after a comma, or at {@code from}. */
    int startOfLast(String line, int from, int end);

    /** The address that one element names; empty if it names none or is malformed. */
    Optional<IpAddress> address(String line, int start, int end);
}

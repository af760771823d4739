package dev.sluice.key;

import java.util.Optional;

/**
 * Reads a dotted quad of decimal octets without leading zeros, or IPv6 text in any form of RFC 4291, section 2.2. Confined
 * to one call.
 */
final class BareAddress {

    /** {@code ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255}. */
    private static final int MAX_LENGTH = 45;

    private static final int GROUPS = 8;
    private static final int NO_GAP = GROUPS;

    private final String text;
    private final int to;
    private int at;

    private final int[] groups = new int[GROUPS];
    private int count;
    private int gap = NO_GAP; // how many groups stand before the double colon

    private BareAddress(String text, int from, int to) {
        this.text = text;
        this.at = from;
        this.to = to;
    }

    /** The address in {@code text} from {@code from} to before {@code to}; empty if that is none. */
    static Optional<IpAddress> read(String text, int from, int to) {
        if (to - from > MAX_LENGTH) {
            return Optional.empty();
        }
        BareAddress address = new BareAddress(text, from, to);
        if (address.quadAhead()) {
            return address.readQuad() ? Optional.of(address.v4()) : Optional.empty();
        }
        return address.readGroups() ? Optional.of(address.v6()) : Optional.empty();
    }

    private IpAddress v4() {
        return new IpAddress(0, 0xffff_0000_0000L | (long) groups[0] << 16 | groups[1]);
    }

    private IpAddress v6() {
        long high = 0;
        long low = 0;
        for (int i = 0; i < count; i++) {
            int place = i < gap ? i : GROUPS - count + i;
            long bits = (long) groups[i] << (48 - 16 * (place & 3));
            if (place < 4) {
                high |= bits;
            } else {
                low |= bits;
            }
        }
        return new IpAddress(high, low);
    }

    private boolean readGroups() {
        if (skip(':')) {
            if (!skip(':')) {
                return false;
            }
            gap = 0;
        }
        while (at < to) {
            if (quadAhead()) {
                return count <= GROUPS - 2 && readQuad() && isComplete();
            }
            if (count == GROUPS || !readGroup()) {
                return false;
            }
            if (at < to && !readColons()) {
                return false;
            }
        }
        return isComplete();
    }

    /** A double colon stands for at least one group. */
    private boolean isComplete() {
        return gap == NO_GAP ? count == GROUPS : count < GROUPS;
    }

    private boolean readGroup() {
        int start = at;
        int value = 0;
        while (at < to && at - start < 4 && hexDigit(text.charAt(at)) >= 0) {
            value = value << 4 | hexDigit(text.charAt(at++));
        }
        groups[count++] = value;
        return at > start;
    }

    /** One colon and something after it, or the only double colon. */
    private boolean readColons() {
        if (!skip(':')) {
            return false;
        }
        if (!skip(':')) {
            return at < to;
        }
        boolean first = gap == NO_GAP && count < GROUPS;
        gap = count;
        return first;
    }

    /** Whether a dot comes before the next colon. */
    private boolean quadAhead() {
        for (int i = at; i < to && text.charAt(i) != ':'; i++) {
            if (text.charAt(i) == '.') {
                return true;
            }
        }
        return false;
    }

    private boolean readQuad() {
        int quad = 0;
        for (int octet = 0; octet < 4; octet++) {
            int start = octet == 0 || skip('.') ? at : to;
            int value = 0;
            while (at < to && at - start < 3 && isDigit(text.charAt(at))) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            if (at <= start || value > 255 || (at - start > 1 && text.charAt(start) == '0')) {
                return false;
            }
            quad = quad << 8 | value;
        }
        groups[count++] = quad >>> 16;
        groups[count++] = quad & 0xffff;
        return at == to;
    }

    private boolean skip(char expected) {
        boolean there = at < to && text.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Negative for any other character; {@code Character.digit} would also take the digits of other scripts. */
    private static int hexDigit(char c) {
        if (isDigit(c)) {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}

package dev.sluice.key;

import java.util.Optional;

/** What peers and proxies write around an address: {@code [2001:db8::1%eth0]:443}, {@code 192.0.2.1:80}. */
final class AddressText {

    private static final int MAX_PORT_DIGITS = 5;

    private AddressText() {}

    /** The address in {@code text} from {@code from} to before {@code to}; empty if that is none. */
    static Optional<IpAddress> read(String text, int from, int to) {
        if (from < to && text.charAt(from) == '[') {
            int close = find(']', text, from, to);
            return close < to && isPort(text, close + 1, to) ? withZone(text, from + 1, close) : Optional.empty();
        }
        int colon = find(':', text, from, to);
        if (find('.', text, from, colon) < colon) { // IPv6 text has a colon before its first dot
            return isPort(text, colon, to) ? withZone(text, from, colon) : Optional.empty();
        }
        return withZone(text, from, to);
    }

    private static Optional<IpAddress> withZone(String text, int from, int to) {
        int percent = find('%', text, from, to);
        return percent == to || isZone(text, percent + 1, to)
                ? BareAddress.read(text, from, percent)
                : Optional.empty();
    }

    /** Anything that is visible, but no second bracket. */
    private static boolean isZone(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == '[' || c == ']') {
                return false;
            }
        }
        return from < to;
    }

    /** Nothing at all, or a colon and digits. */
    private static boolean isPort(String text, int from, int to) {
        if (from == to) {
            return true;
        }
        int digits = to - from - 1;
        if (text.charAt(from) != ':' || digits < 1 || digits > MAX_PORT_DIGITS) {
            return false;
        }
        for (int i = from + 1; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Where {@code wanted} first stands; {@code to} if nowhere. */
    private static int find(char wanted, String text, int from, int to) {
        int i = from;
        while (i < to && text.charAt(i) != wanted) {
            i++;
        }
        return i;
    }
}

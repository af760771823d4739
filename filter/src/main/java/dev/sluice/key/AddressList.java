package dev.sluice.key;

import java.util.Optional;

/** Addresses separated by commas: {@code 203.0.113.7, [2001:db8::1]:443}. */
final class AddressList implements HopSyntax {

    @Override
    public int startOfLast(String line, int from, int end) {
        int start = end;
        while (start > from && line.charAt(start - 1) != ',') {
            start--;
        }
        return start;
    }

    @Override
    public Optional<IpAddress> address(String line, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isBlank(line.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(line.charAt(to - 1))) {
            to--;
        }
        return AddressText.read(line, from, to);
    }

    /** The optional white space of HTTP. */
    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}

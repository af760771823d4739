package dev.sluice.key;

import java.util.Optional;

/**
 * The elements of a {@code Forwarded} line: {@code for="[2001:db8::1]:443";proto=https, for=192.0.2.1}.
 *
 * <p>They are found from the right, quoted strings too. So a quote that the client leaves open cannot swallow what a proxy
 * appends to the same line: {@code for="6.6.6.6, for=192.0.2.1} ends with a good element.
 */
final class ForwardedElements implements HopSyntax {

    @Override
    public int startOfLast(String line, int from, int end) {
        int start = end;
        while (start > from && line.charAt(start - 1) != ',') {
            start--;
            if (line.charAt(start) == '"') {
                start = openingQuote(line, from, start);
            }
        }
        return start;
    }

    @Override
    public Optional<IpAddress> address(String line, int start, int end) {
        return new ForwardedElement(line, start, end).address();
    }

    /** Where the quoted string begins that ends with the quote at {@code closing}; {@code from} if nowhere. */
    private static int openingQuote(String line, int from, int closing) {
        int i = closing - 1;
        while (i > from && (line.charAt(i) != '"' || isEscaped(line, from, i))) {
            i--;
        }
        return Math.max(i, from);
    }

    /** Whether an odd number of backslashes stands before: of two, the first escapes the second. */
    private static boolean isEscaped(String line, int from, int at) {
        int i = at;
        while (i > from && line.charAt(i - 1) == '\\') {
            i--;
        }
        return ((at - i) & 1) == 1;
    }
}

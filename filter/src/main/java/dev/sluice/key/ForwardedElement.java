package dev.sluice.key;

import java.util.Optional;

/**
 * Reads one element of a {@code Forwarded} line by RFC 7239, section 4: {@code for=192.0.2.1;proto=https}, with white space
 * also around the semicolons, as parameters have it elsewhere in HTTP. Confined to one call.
 */
final class ForwardedElement {

    private static final String FOR = "for";

    private final String line;
    private final int end;
    private int at;

    /** The value of {@code for}: where it stands, and whether some of its characters are escaped. */
    private boolean named;

    private int nodeStart;
    private int nodeEnd;
    private boolean escaped;

    ForwardedElement(String line, int start, int end) {
        this.line = line;
        this.at = start;
        this.end = end;
    }

    /** The address after {@code for}; empty if there is none, more than one, or anything in the element is malformed. */
    Optional<IpAddress> address() {
        if (!readPairs() || !named) {
            return Optional.empty();
        }
        if (!escaped) {
            return AddressText.read(line, nodeStart, nodeEnd);
        }
        String node = unescaped();
        return AddressText.read(node, 0, node.length());
    }

    private boolean readPairs() {
        do {
            skipBlanks();
            if (at < end && line.charAt(at) != ';' && !readPair()) {
                return false;
            }
            skipBlanks();
        } while (skip(';'));
        return at == end;
    }

    private boolean readPair() {
        int nameStart = at;
        skipToken();
        boolean isFor = at - nameStart == FOR.length() && line.regionMatches(true, nameStart, FOR, 0, FOR.length());
        if (at == nameStart || !skip('=')) {
            return false;
        }
        int valueStart = at;
        boolean quoted = skip('"');
        boolean anyEscaped = false;
        if (quoted) {
            anyEscaped = skipQuoted();
            if (!skip('"')) {
                return false;
            }
        } else {
            skipToken();
        }
        if (at == valueStart || (isFor && named)) {
            return false;
        }
        if (isFor) {
            named = true;
            nodeStart = quoted ? valueStart + 1 : valueStart;
            nodeEnd = quoted ? at - 1 : at;
            escaped = anyEscaped;
        }
        return true;
    }

    /** Goes to the closing quote, or to what may not stand in a quoted string; says whether anything was escaped. */
    private boolean skipQuoted() {
        boolean any = false;
        while (at < end && line.charAt(at) != '"' && isText(line.charAt(at))) {
            if (line.charAt(at) == '\\') {
                any = true;
                if (at + 1 == end || !isText(line.charAt(at + 1))) {
                    return true;
                }
                at++;
            }
            at++;
        }
        return any;
    }

    private String unescaped() {
        StringBuilder node = new StringBuilder(nodeEnd - nodeStart);
        for (int i = nodeStart; i < nodeEnd; i++) {
            if (line.charAt(i) == '\\') {
                i++;
            }
            node.append(line.charAt(i));
        }
        return node.toString();
    }

    private static boolean isText(char c) {
        return c == '\t' || (c >= ' ' && c != 0x7f);
    }

    private void skipToken() {
        while (at < end && HttpToken.isPart(line.charAt(at))) {
            at++;
        }
    }

    private void skipBlanks() {
        while (at < end && AddressList.isBlank(line.charAt(at))) {
            at++;
        }
    }

    private boolean skip(char expected) {
        boolean there = at < end && line.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }
}

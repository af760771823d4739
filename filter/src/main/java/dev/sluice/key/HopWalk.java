package dev.sluice.key;

import java.util.List;
import java.util.Optional;

/** The walk from the peer towards the client, over all lines of the forwarded header. */
record HopWalk(HopSyntax syntax, CidrBlocks trusted) {

    /** Hops read beside the peer. */
    static final int MAX_HOPS = 50;

    /** Characters read of all lines together, from the right. */
    static final int MAX_LENGTH = 4096;

    /**
     * The first hop from the right that is not trusted. Where the walk ends before that, at something that is no address, at
     * a limit or at the left end, it is the last good hop.
     *
     * @param peer a trusted one
     */
    IpAddress clientBehind(IpAddress peer, List<String> lines) {
        IpAddress client = peer;
        int unreadHops = MAX_HOPS;
        int unreadLength = MAX_LENGTH;
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            int from = Math.max(0, line.length() - unreadLength);
            int start;
            for (int end = line.length(); end >= 0; end = start - 1) {
                start = end < from ? end : syntax.startOfLast(line, from, end);
                if (unreadHops-- == 0 || isCut(line, start, from)) {
                    return client;
                }
                Optional<IpAddress> hop = syntax.address(line, start, end);
                if (hop.isEmpty()) {
                    return client;
                }
                client = hop.get();
                if (!trusted.contains(client)) {
                    return client;
                }
            }
            unreadLength -= line.length();
        }
        return client;
    }

    /** Whether more of the element may stand left of what is read. */
    private static boolean isCut(String line, int start, int from) {
        return start < from || (start == from && from > 0 && line.charAt(from - 1) != ',');
    }
}

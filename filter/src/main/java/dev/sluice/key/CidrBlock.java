package dev.sluice.key;

import java.util.Optional;

/**
 * A network, {@code 10.0.0.0/8}, or a single address. IPv4-mapped text is the IPv4 network that it maps:
 * {@code ::ffff:10.0.0.0/104} equals {@code 10.0.0.0/8}. No IPv6 network holds an IPv4 address, {@code ::/0} neither.
 * Immutable.
 *
 * @param network its first address
 * @param prefixLength how many leading bits all its addresses share: 0 to 32 of an IPv4 address, 0 to 128 of an IPv6 one
 */
public record CidrBlock(IpAddress network, int prefixLength) {

    public CidrBlock {
        int most = bitsOf(network);
        if (prefixLength < 0 || prefixLength > most) {
            throw new IllegalArgumentException(
                    "the prefix length of " + network + " must be from 0 to " + most + ", was " + prefixLength);
        }
        IpAddress first = network.first(IpAddress.BITS - most + prefixLength);
        if (!first.equals(network)) {
            throw new IllegalArgumentException(
                    network + "/" + prefixLength + " has host bits set; the network is " + first + "/" + prefixLength);
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or an address alone.
     *
     * @throws IllegalArgumentException saying what it got and what is expected
     */
    public static CidrBlock parse(String text) {
        int slash = text.indexOf('/');
        int addressEnd = slash < 0 ? text.length() : slash;
        Optional<IpAddress> parsed = BareAddress.read(text, 0, addressEnd);
        if (parsed.isEmpty()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no address or network; expected one such as 10.0.0.0/8, 203.0.113.7 or 2001:db8::/32");
        }
        IpAddress network = parsed.get();
        int bits = bitsOf(network);
        if (slash < 0) {
            return new CidrBlock(network, bits);
        }
        boolean mapped = network.isV4() && text.lastIndexOf(':', addressEnd) >= 0;
        return mapped
                ? ofMapped(network, prefixLength(text, slash + 1, IpAddress.BITS))
                : new CidrBlock(network, prefixLength(text, slash + 1, bits));
    }

    /** Whether the address is one of this network. */
    public boolean contains(IpAddress address) {
        boolean v4 = network.isV4();
        return v4 == address.isV4() && network.agreesWith(address, v4 ? IpAddress.V4_AT + prefixLength : prefixLength);
    }

    private static int bitsOf(IpAddress address) {
        return address.isV4() ? IpAddress.BITS - IpAddress.V4_AT : IpAddress.BITS;
    }

    /** Fewer than 96 bits of a mapped address never make a network: the bits that say "mapped" would be host bits. */
    private static CidrBlock ofMapped(IpAddress network, int length) {
        if (length < IpAddress.V4_AT) {
            throw new IllegalArgumentException("::ffff:" + network + "/" + length
                    + " has host bits set; the network is " + network.first(length) + "/" + length);
        }
        return new CidrBlock(network, length - IpAddress.V4_AT);
    }

    private static int prefixLength(String text, int from, int most) {
        int digits = text.length() - from;
        int length = 0;
        boolean fine = digits >= 1 && digits <= 3 && (digits == 1 || text.charAt(from) != '0');
        for (int i = from; fine && i < text.length(); i++) {
            fine = text.charAt(i) >= '0' && text.charAt(i) <= '9';
            length = length * 10 + text.charAt(i) - '0';
        }
        if (!fine || length > most) {
            throw new IllegalArgumentException(
                    "\"" + text + "\": expected a prefix length from 0 to " + most + " after the slash");
        }
        return length;
    }

    @Override
    public String toString() {
        return network + "/" + prefixLength;
    }
}

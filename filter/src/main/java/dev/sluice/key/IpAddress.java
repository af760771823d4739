package dev.sluice.key;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * An IP address, held as the 128 bits of IPv6. An IPv4 address is its IPv4-mapped form: {@code 192.0.2.1},
 * {@code ::ffff:192.0.2.1} and {@code ::ffff:c000:201} are one value, whatever the text was. Immutable.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record IpAddress(long high, long low) {

    static final int BITS = 128;

    /** Where the 32 bits of an IPv4 address begin. */
    static final int V4_AT = 96;

    private static final int GROUPS = 8;

    /**
     * The address that a text names: a dotted quad or IPv6 text. Brackets, a port (1 to 5 digits; on IPv4 or after
     * brackets) and a zone are dropped. Never a name, so nothing is ever looked up.
     *
     * @return empty if the text is anything else
     */
    public static Optional<IpAddress> parse(String text) {
        return AddressText.read(text, 0, text.length());
    }

    /** Whether this is an IPv4 address. */
    public boolean isV4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /** Whether the first {@code length} of 128 bits are those of {@code other}. */
    boolean agreesWith(IpAddress other, int length) {
        return ((high ^ other.high) & highMask(length)) == 0 && ((low ^ other.low) & lowMask(length)) == 0;
    }

    /** This address with all but its first {@code length} of 128 bits cleared. */
    IpAddress first(int length) {
        return new IpAddress(high & highMask(length), low & lowMask(length));
    }

    /**
     * What stands for the address where neighbours are one client: an IPv4 address as it is, an IPv6 address as the network
     * of its first {@code ipv6Prefix} bits, {@code 2001:db8::/64}.
     */
    public String grouped(int ipv6Prefix) {
        return isV4() ? toString() : first(ipv6Prefix) + "/" + ipv6Prefix;
    }

    /** A dotted quad, or IPv6 text as in RFC 5952. */
    @Override
    public String toString() {
        return isV4()
                ? (low >>> 24 & 0xff) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff)
                : v6Text();
    }

    private String v6Text() {
        int gap = GROUPS; // start of the longest run of zeros, the first of equals; a single zero is no run
        int gapLength = 1;
        int run = 0;
        for (int i = 0; i < GROUPS; i++) {
            run = group(i) == 0 ? run + 1 : 0;
            if (run > gapLength) {
                gap = i + 1 - run;
                gapLength = run;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
            } else {
                text.append(i == 0 || i == gap + gapLength ? "" : ":").append(Integer.toHexString(group(i)));
            }
        }
        return text.toString();
    }

    private int group(int index) {
        return (int) ((index < 4 ? high : low) >>> (48 - 16 * (index & 3))) & 0xffff;
    }

    private static long highMask(int length) {
        return length == 0 ? 0 : length >= 64 ? -1 : -1L << (64 - length);
    }

    private static long lowMask(int length) {
        return length <= 64 ? 0 : -1L << (BITS - length);
    }

    // Written out: the generated one would keep the application's class loader alive (JDK 17, ObjectMethods).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress address && high == address.high && low == address.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high) * 31 + Long.hashCode(low);
    }
}

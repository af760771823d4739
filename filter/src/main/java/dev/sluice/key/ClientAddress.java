package dev.sluice.key;

import java.util.List;
import java.util.Optional;

/**
 * Finds the address of the client. Without trusted proxies it is the peer's, and no header is read. Behind them it is what
 * the nearest hop that is not ours said, found from right to left: what stands left of that the client may have invented.
 *
 * <table>
 *   <caption>Trusted proxies 10.0.0.0/8, header X-Forwarded-For</caption>
 *   <tr><th>peer</th><th>header</th><th>client</th></tr>
 *   <tr><td>198.51.100.4</td><td>203.0.113.7</td><td>198.51.100.4</td></tr>
 *   <tr><td>10.0.0.1</td><td>6.6.6.6, 203.0.113.7, 10.0.0.2</td><td>203.0.113.7</td></tr>
 *   <tr><td>10.0.0.1</td><td>203.0.113.7, unknown, 10.0.0.2</td><td>10.0.0.2</td></tr>
 *   <tr><td>10.0.0.1</td><td>10.0.0.3, 10.0.0.2</td><td>10.0.0.3</td></tr>
 *   <tr><td>10.0.0.1</td><td>none</td><td>10.0.0.1</td></tr>
 * </table>
 *
 * <p>Immutable. Safe for use by many threads.
 *
 * @param trustedProxies peers and hops whose header is believed
 * @param forwardedHeader the one header field they write; {@code Forwarded} is read by RFC 7239, any other name as a list of
 *     addresses
 * @param ipv6Prefix how many leading bits of an IPv6 address make a client, 0 to 128
 */
public record ClientAddress(CidrBlocks trustedProxies, String forwardedHeader, int ipv6Prefix) {

    /**
     * Stands for every client whose peer has no IP address, such as one at a Unix socket: they share one bucket. No address
     * is written like this.
     */
    public static final String UNKNOWN = "unknown";

    public ClientAddress {
        if (ipv6Prefix < 0 || ipv6Prefix > IpAddress.BITS) {
            throw new IllegalArgumentException(
                    "ipv6Prefix must be from 0 to " + IpAddress.BITS + ", was " + ipv6Prefix);
        }
        if (!HttpToken.is(forwardedHeader)) {
            throw new IllegalArgumentException("expected the name of a header field, was \"" + forwardedHeader + "\"");
        }
    }

    /** The address itself, not grouped, as lists of exempt addresses need it; empty if the peer has no IP address. */
    public Optional<IpAddress> addressOf(RequestView request) {
        Optional<IpAddress> peer = IpAddress.parse(request.peerAddress());
        if (trustedProxies.isEmpty() || !peer.filter(trustedProxies::contains).isPresent()) {
            return peer;
        }
        List<String> lines = request.headers(forwardedHeader);
        return Optional.of(new HopWalk(syntax(), trustedProxies).clientBehind(peer.get(), lines));
    }

    /**
     * The address as partition key: {@code 203.0.113.7}, {@code 2001:db8::/64} or {@value #UNKNOWN}, of digits, letters,
     * {@code .}, {@code :} and {@code /}.
     */
    public String clientOf(RequestView request) {
        Optional<IpAddress> address = addressOf(request);
        return address.isPresent() ? address.get().grouped(ipv6Prefix) : UNKNOWN;
    }

    private HopSyntax syntax() {
        return forwardedHeader.equalsIgnoreCase("Forwarded") ? HopSyntax.FORWARDED : HopSyntax.ADDRESSES;
    }
}

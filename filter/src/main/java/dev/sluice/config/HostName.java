package dev.sluice.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Whether a text can be the name or address of a host. Looks nothing up. */
final class HostName {

    private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*\\.?");
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?[0-9]+\\.?");
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("([0-9A-Fa-f:.]{2,45})(?:%[0-9A-Za-z_.-]{1,16})?");

    private HostName() {}

    /** A name, or an IPv4 address; what ends like an address must be one. */
    static boolean isValid(String host) {
        return host.length() <= 253
                && NAME.matcher(host).matches()
                && (!ENDS_IN_NUMBER.matcher(host).matches()
                        || IPV4.matcher(host).matches());
    }

    /** An IPv6 address without brackets; a zone may follow. */
    static boolean isIpv6(String host) {
        var address = IPV6.matcher(host);
        if (!address.matches() || !host.contains(":")) {
            return false;
        }
        try {
            InetAddress.getByName("[" + address.group(1) + "]"); // brackets: a literal, never a name
            return true;
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}

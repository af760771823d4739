package dev.sluice.key;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is an address and what is not is in {@code client-address.csv}. */
class IpAddressTest {

    /** RFC 5952, sections 1, 2 and 4. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8::1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8::0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8::1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:0:1::1, 2001:db8::1:0:0:1",
        "2001:db8:0000:0:1::1, 2001:db8::1:0:0:1",
        "2001:DB8:0:0:1::1, 2001:db8::1:0:0:1",
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa",
        "0:0:0:0:0:0:0:0, ::",
        "1:0:0:0:0:0:0:0, 1::",
        "0:0:1:0:0:0:0:0, 0:0:1::",
        "0:0:0:1:0:0:0:1, ::1:0:0:0:1",
    })
    void writesIpv6AsRfc5952(String text, String canonical) {
        assertThat(IpAddress.parse(text)).get().hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "::ffff:192.0.2.1",
                "::ffff:c000:201",
                "::FFFF:C000:0201",
                "0:0:0:0:0:ffff:192.0.2.1",
                "0:0:0:0:0:ffff:c000:201",
                "0000:0000:0000:0000:0000:ffff:c000:0201"
            })
    void isOneAddressInEveryNotation(String text) {
        assertThat(IpAddress.parse(text))
                .isEqualTo(IpAddress.parse("192.0.2.1"))
                .get()
                .hasToString("192.0.2.1")
                .matches(IpAddress::isV4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:db8::192.0.2.1",
                "::192.0.2.1",
                "::ffff:0:192.0.2.1",
                "::fffe:192.0.2.1",
                "1::ffff:192.0.2.1"
            })
    void isIpv4OnlyWhereItIsMapped(String text) {
        assertThat(IpAddress.parse(text)).get().matches(address -> !address.isV4());
    }

    @Test
    void groupsNoIpv4() {
        assertThat(IpAddress.parse("192.0.2.1").orElseThrow().grouped(32)).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource({
        "0, ::/0",
        "1, 8000::/1",
        "63, ffff:ffff:ffff:fffe::/63",
        "64, ffff:ffff:ffff:ffff::/64",
        "65, ffff:ffff:ffff:ffff:8000::/65",
        "127, ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127",
        "128, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
    })
    void groupsIpv6ByItsFirstBits(int prefix, String network) {
        assertThat(new IpAddress(-1, -1).grouped(prefix)).isEqualTo(network);
    }
}

package dev.sluice.key;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CidrBlockTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "203.0.113.7, 203.0.113.7/32",
        "203.0.113.7/32, 203.0.113.7/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:DB8::/32, 2001:db8::/32",
        "::1, ::1/128",
        "::/0, ::/0",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "::ffff:a00:0/104, 10.0.0.0/8",
        "::ffff:203.0.113.7, 203.0.113.7/32",
        "::ffff:0:0/96, 0.0.0.0/0",
    })
    void readsNetworksAndAddresses(String text, String network) {
        assertThat(CidrBlock.parse(text)).hasToString(network).isEqualTo(CidrBlock.parse(network));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, true",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "10.0.0.0/8, 2001:db8::10.1.2.3, false",
        "203.0.113.7, 203.0.113.7, true",
        "203.0.113.7, 203.0.113.6, false",
        "203.0.113.6/31, 203.0.113.7, true",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 10.0.0.1, false",
        "::/0, ::ffff:10.0.0.1, false",
        "::ffff:0:0/96, 10.0.0.1, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::/65, 2001:db8::7fff:0:0:1, true",
        "2001:db8::/65, 2001:db8::8000:0:0:1, false",
        "::1, ::1, true",
        "::1, ::2, false",
    })
    void containsTheAddressesOfItsNetwork(String block, String address, boolean contained) {
        IpAddress parsed = IpAddress.parse(address).orElseThrow();
        assertThat(CidrBlock.parse(block).contains(parsed)).isEqualTo(contained);
        assertThat(CidrBlocks.parse(List.of("192.0.2.0/24", block)).contains(parsed))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1/8, 10.0.0.0/8",
        "203.0.113.7/24, 203.0.113.0/24",
        "1.0.0.0/0, 0.0.0.0/0",
        "2001:db8::1/64, 2001:db8::/64",
        "::1/127, ::/127",
        "::ffff:10.0.0.1/104, 10.0.0.0/8",
        "::ffff:10.0.0.0/95, ::fffe:0:0/95",
        "::ffff:0.0.0.0/0, ::/0",
    })
    void namesTheNetworkThatIsMeantWhereHostBitsAreSet(String text, String network) {
        assertThatThrownBy(() -> CidrBlock.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("has host bits set; the network is " + network);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "'', expected one such as 10.0.0.0/8",
                "' 10.0.0.0/8', expected one such as 10.0.0.0/8",
                "/8, expected one such as 10.0.0.0/8",
                "10/8, expected one such as 10.0.0.0/8",
                "10.0.0/8, expected one such as 10.0.0.0/8",
                "010.0.0.0/8, expected one such as 10.0.0.0/8",
                "localhost, expected one such as 10.0.0.0/8",
                "proxy.example.com/32, expected one such as 10.0.0.0/8",
                "[::1], expected one such as 10.0.0.0/8",
                "10.0.0.1:80, expected one such as 10.0.0.0/8",
                "fe80::1%eth0, expected one such as 10.0.0.0/8",
                "*, expected one such as 10.0.0.0/8",
                "10.0.0.0/, expected a prefix length from 0 to 32",
                "10.0.0.0/33, expected a prefix length from 0 to 32",
                "10.0.0.0/-1, expected a prefix length from 0 to 32",
                "10.0.0.0/08, expected a prefix length from 0 to 32",
                "10.0.0.0/+8, expected a prefix length from 0 to 32",
                "10.0.0.0/8/8, expected a prefix length from 0 to 32",
                "10.0.0.0/ 8, expected a prefix length from 0 to 32",
                "10.0.0.0/255.0.0.0, expected a prefix length from 0 to 32",
                "10.0.0.0/4294967304, expected a prefix length from 0 to 32",
                "::/129, expected a prefix length from 0 to 128",
                "::ffff:10.0.0.0/129, expected a prefix length from 0 to 128",
            })
    void refusesWhatIsNone(String text, String expected) {
        assertThatThrownBy(() -> CidrBlock.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining(expected);
    }

    @Test
    void refusesALengthThatNoAddressHas() {
        IpAddress address = IpAddress.parse("0.0.0.0").orElseThrow();
        assertThatThrownBy(() -> new CidrBlock(address, 33))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be from 0 to 32, was 33");
    }

    @Test
    void containsNothingWithoutBlocks() {
        assertThat(CidrBlocks.NONE.isEmpty()).isTrue();
        assertThat(CidrBlocks.NONE.contains(new IpAddress(0, 0))).isFalse();
    }
}

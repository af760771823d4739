package dev.sluice.key;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClientAddressTest {

    private static final ClientAddress DIRECT = new ClientAddress(CidrBlocks.NONE, "X-Forwarded-For", 64);
    private static final ClientAddress PROXIED =
            new ClientAddress(CidrBlocks.parse(List.of("10.0.0.0/8")), "X-Forwarded-For", 64);

    static List<AddressVector> vectors() {
        return AddressVector.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void findsTheClient(AddressVector vector) {
        assertThat(vector.clientAddress().clientOf(vector.request())).isEqualTo(vector.client());
    }

    @Test
    void hasVectorsForWhatGoesWrongElsewhere() {
        assertThat(vectors()).hasSizeGreaterThanOrEqualTo(150).doesNotHaveDuplicates();
    }

    /** T09: the family of CVE-2026-110723. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP", "True-Client-IP", "CF-Connecting-IP"})
    void believesNoHeaderOfAPeerThatIsNotTrusted(String header) {
        Set<String> clients = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            SampleRequest spoofed =
                    SampleRequest.from("203.0.113.7").header(header, "198.51." + i / 256 + "." + i % 256);
            clients.add(DIRECT.clientOf(spoofed));
            clients.add(PROXIED.clientOf(spoofed));
            clients.add(new ClientAddress(PROXIED.trustedProxies(), header, 64).clientOf(spoofed));
        }
        assertThat(clients).containsExactly("203.0.113.7");
    }

    @Test
    void believesOnlyTheOneHeaderThatIsConfigured() {
        SampleRequest request = SampleRequest.from("10.0.0.1")
                .header("Forwarded", "for=6.6.6.6")
                .header("X-Real-IP", "6.6.6.6")
                .header("X-Forwarded-For", "203.0.113.7");
        assertThat(PROXIED.clientOf(request)).isEqualTo("203.0.113.7");
    }

    /** T11: CVE-2024-45410, a client makes the proxy drop the header. */
    @Test
    void countsATrustedPeerWithoutTheHeaderByItsOwnAddress() {
        assertThat(PROXIED.clientOf(SampleRequest.from("10.0.0.1"))).isEqualTo("10.0.0.1");
    }

    /** T12. */
    @Test
    void countsAWholeNetworkAsOneClient() {
        Random random = new Random(12);
        Set<String> clients = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            clients.add(DIRECT.clientOf(
                    SampleRequest.from(new IpAddress(0x20010db8_00010002L, random.nextLong()).toString())));
        }
        assertThat(clients).containsExactly("2001:db8:1:2::/64");
    }

    @Test
    void givesTheAddressItselfWithoutGrouping() {
        SampleRequest request = SampleRequest.from("10.0.0.1").header("X-Forwarded-For", "2001:db8::7");
        assertThat(PROXIED.addressOf(request)).isEqualTo(IpAddress.parse("2001:db8::7"));
        assertThat(PROXIED.addressOf(SampleRequest.from("unix:"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Forwarded", "X-Forwarded-For, Forwarded", "X-Forwarded-For:"})
    void refusesWhatIsNoHeaderName(String name) {
        assertThatThrownBy(() -> new ClientAddress(CidrBlocks.NONE, name, 64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 129})
    void refusesAPrefixThatNoAddressHas(int ipv6Prefix) {
        assertThatThrownBy(() -> new ClientAddress(CidrBlocks.NONE, "Forwarded", ipv6Prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was " + ipv6Prefix);
    }
}

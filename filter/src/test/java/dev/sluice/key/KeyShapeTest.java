package dev.sluice.key;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** T27: whatever a client says it is, its keys are short, of one alphabet, its own, and in a slot it cannot choose. */
class KeyShapeTest {

    private static final int IDENTITIES = 10_000;
    private static final String POLICY = "p".repeat(32);
    private static final String CLIENT = "[A-Za-z0-9_.:/+-]{1,50}";

    private static final List<String> HOSTILE = List.of(
            "{}",
            "}",
            "{",
            "a}{b",
            "{203.0.113.7}",
            "\r\n",
            "\r\nSET a b\r\n",
            " ",
            "\t",
            "\u0000",
            "\u001B[31m",
            "\u2028",
            "\uD800",
            "\uDC00",
            "\uD800\uD800",
            "*",
            "?",
            "[a]",
            "\"",
            "'",
            "\\",
            "$(id)",
            "%00",
            "../..",
            "rate_limit:1",
            "é",
            "e\u0301",
            "x".repeat(65_536),
            "\uD800".repeat(65_536),
            "}".repeat(65_536));

    private static Partition partition(String expression) {
        ClientAddress clientAddress = new ClientAddress(CidrBlocks.NONE, "X-Forwarded-For", 128);
        return Partition.parse(
                expression, clientAddress, KeyHash.plain(), name -> request -> Optional.of(request.path()));
    }

    private static Stream<String> identities() {
        RandomText texts = new RandomText(27);
        return Stream.concat(
                        HOSTILE.stream(), Stream.generate(() -> texts.noise(40)).filter(text -> !text.isEmpty()))
                .distinct()
                .limit(IDENTITIES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "header:X-API-Key",
                "cookie:id",
                "query:key",
                "principal",
                "session",
                "com.acme.TenantKey",
                "header:X-API-Key+ip",
                "header:X-API-Key+cookie:id+query:key+principal+session+path+host+ip"
            })
    void givesEachIdentityAKeyOfItsOwn(String expression) {
        Partition partition = partition(expression);
        Set<String> clients = new HashSet<>();
        identities().forEach(identity -> {
            String client = partition.clientOf(request(identity));
            assertThat(client).matches(CLIENT);
            assertThat(BucketKey.of(POLICY, client).text()).hasSizeLessThanOrEqualTo(96);
            clients.add(client);
        });
        assertThat(clients).hasSize(IDENTITIES);
    }

    @Test
    void givesEveryPathAndHostAKeyOfTheSameShape() {
        identities().forEach(identity -> {
            assertThat(partition("path").clientOf(request(identity))).matches(CLIENT);
            assertThat(partition("host").clientOf(request(identity))).matches(CLIENT);
        });
    }

    @Test
    void takesNoAddressFromAHostilePeer() {
        Partition partition = partition("ip");
        assertThat(identities().map(identity -> partition.clientOf(SampleRequest.from(identity))))
                .allMatch(client -> client.equals("unknown")
                        || IpAddress.parse(client.split("/")[0]).isPresent());
    }

    private static SampleRequest request(String identity) {
        return SampleRequest.from("2001:db8:1111:2222:3333:4444:5555:6666")
                .header("X-API-Key", identity)
                .cookie("id", identity)
                .query("key", identity)
                .principal(identity)
                .session(identity)
                .path(identity)
                .host(identity);
    }
}

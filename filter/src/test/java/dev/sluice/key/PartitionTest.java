package dev.sluice.key;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PartitionTest {

    private static final ClientAddress PEER = new ClientAddress(CidrBlocks.NONE, "X-Forwarded-For", 64);
    private static final KeyHash HASH = KeyHash.plain();
    private static final Function<String, PartitionKey> TENANTS =
            name -> request -> request.headers("X-Tenant").stream().findFirst();

    private static Partition partition(String expression) {
        return Partition.parse(expression, PEER, HASH, TENANTS);
    }

    /** A request that has everything, each with a value of its own. */
    private static SampleRequest complete() {
        return SampleRequest.from("203.0.113.7")
                .path("/a/b")
                .host("example.com")
                .header("X-API-Key", "k1")
                .header("X-Tenant", "t1")
                .cookie("id", "c1")
                .query("key", "q1")
                .principal("alice")
                .session("s1");
    }

    private static SampleRequest bare() {
        return SampleRequest.from("203.0.113.7").path("/a/b").host("example.com");
    }

    private static String hash(String... labelled) {
        return HASH.of(List.of(labelled));
    }

    @Test
    void writesTheAddressInClear() {
        assertThat(partition("ip").clientOf(complete())).isEqualTo("203.0.113.7");
        assertThat(partition("ip").clientOf(SampleRequest.from("2001:db8::7"))).isEqualTo("2001:db8::/64");
        assertThat(partition("ip").clientOf(SampleRequest.from("\r\nSET x"))).isEqualTo("unknown");
    }

    @Test
    void countsEverybodyAsOne() {
        assertThat(partition("all").clientOf(complete()))
                .isEqualTo("all")
                .isEqualTo(partition("all").clientOf(bare()));
    }

    @ParameterizedTest
    @CsvSource({
        "header:X-API-Key, header:x-api-key, k1",
        "HEADER:x-api-KEY, header:x-api-key, k1",
        "cookie:id, cookie:id, c1",
        "query:key, query:key, q1",
        "principal, principal, alice",
        "Session, session, s1",
        "path, path, /a/b",
        "host, host, example.com",
        "com.acme.TenantKey, class:com.acme.TenantKey, t1",
        "com.acme.Keys$Tenant, class:com.acme.Keys$Tenant, t1",
    })
    void hashesTheRest(String expression, String label, String value) {
        assertThat(partition(expression).clientOf(complete())).isEqualTo(hash(label, value));
    }

    static Stream<Object[]> composites() {
        String address = "203.0.113.7";
        String key = "header:x-api-key";
        return Stream.of(new Object[][] {
            {"header:X-API-Key+path", complete(), hash(key, "k1", "path", "/a/b")},
            {" header:X-API-Key + path ", complete(), hash(key, "k1", "path", "/a/b")},
            {"header:X-API-Key+ip", complete(), address + "+" + hash(key, "k1")},
            {"ip+header:X-API-Key", complete(), address + "+" + hash(key, "k1")},
            {"ip+path+principal", complete(), address + "+" + hash("path", "/a/b", "principal", "alice")},
            {"ip+ip", complete(), address},
            {"all+ip", complete(), address},
            {"all+path", complete(), hash("path", "/a/b")},
            // What is missing is replaced by the address.
            {"header:X-API-Key+path", bare(), address + "+" + hash("path", "/a/b")},
            {"header:X-API-Key+ip", bare(), address},
            {"header:X-API-Key+cookie:id", bare(), address},
            {"header:X-API-Key+cookie:id", bare().cookie("id", "c1"), address + "+" + hash("cookie:id", "c1")},
        });
    }

    @ParameterizedTest
    @MethodSource("composites")
    void joinsParts(String expression, SampleRequest request, String client) {
        assertThat(partition(expression).clientOf(request)).isEqualTo(client);
    }

    static Stream<Object[]> alternatives() {
        String address = "203.0.113.7";
        return Stream.of(new Object[][] {
            {"header:X-API-Key,ip", complete(), hash("header:x-api-key", "k1")},
            {"header:X-API-Key,ip", bare(), address},
            {"header:X-API-Key, principal", bare().principal("alice"), hash("principal", "alice")},
            {"header:X-API-Key, principal", bare(), address},
            {"header:X-API-Key+principal,cookie:id", bare().principal("alice").cookie("id", "c"), hash("cookie:id", "c")
            },
            {"header:X-API-Key,cookie:id+path", bare(), address + "+" + hash("path", "/a/b")},
            {"header:X-API-Key,all", bare(), "all"},
        });
    }

    @ParameterizedTest
    @MethodSource("alternatives")
    void takesTheFirstAlternativeThatIsPresent(String expression, SampleRequest request, String client) {
        assertThat(partition(expression).clientOf(request)).isEqualTo(client);
    }

    /** T13: nginx does not count an empty key; Parse Server GHSA-4jj8-x76w-v7h7. */
    @ParameterizedTest
    @ValueSource(strings = {"header:X-API-Key", "cookie:id", "query:key", "principal", "session", "com.acme.TenantKey"})
    void fallsBackToTheAddressForWhatIsMissingOrEmpty(String expression) {
        SampleRequest empty = bare().header("X-API-Key", "")
                .header("X-Tenant", "")
                .cookie("id", "")
                .query("key", "")
                .principal("")
                .session("");
        assertThat(partition(expression).clientOf(bare())).isEqualTo("203.0.113.7");
        assertThat(partition(expression).clientOf(empty)).isEqualTo("203.0.113.7");
    }

    static Stream<PartitionKey> failing() {
        return Stream.of(
                request -> {
                    throw new IllegalStateException("no tenant");
                },
                PartitionTest::nothing,
                request -> Optional.empty());
    }

    @SuppressWarnings("NullAway")
    private static Optional<String> nothing(RequestView request) {
        return null;
    }

    @ParameterizedTest
    @MethodSource("failing")
    void fallsBackToTheAddressWhereACustomKeyFails(PartitionKey key) {
        Partition partition = Partition.parse("com.acme.TenantKey", PEER, HASH, name -> key);
        assertThat(partition.clientOf(complete())).isEqualTo("203.0.113.7");
    }

    @Test
    void takesTheFirstLineOfAHeader() {
        SampleRequest twice = bare().header("X-API-Key", "k1").header("X-API-Key", "rotating");
        assertThat(partition("header:X-API-Key").clientOf(twice)).isEqualTo(hash("header:x-api-key", "k1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/b", "/a//b", "/a/b/", "/a/b;x=1", "/a/./b", "/a/%62"})
    void countsThePathHoweverItIsWritten(String path) {
        assertThat(partition("path").clientOf(bare().path(path))).isEqualTo(hash("path", "/a/b"));
    }

    @Test
    void countsTheHostInAnyCase() {
        assertThat(partition("host").clientOf(bare().host("Example.COM"))).isEqualTo(hash("host", "example.com"));
    }

    @Test
    void hidesEverythingWhereTheAddressLeavesNoRoom() {
        ClientAddress whole = new ClientAddress(CidrBlocks.NONE, "X-Forwarded-For", 128);
        Partition partition = Partition.parse("ip+path", whole, HASH, TENANTS);
        SampleRequest far =
                SampleRequest.from("2001:db8:1111:2222:3333:4444:5555:6666").path("/a");
        assertThat(partition.clientOf(far))
                .isEqualTo(hash("path", "/a", "ip", "2001:db8:1111:2222:3333:4444:5555:6666/128"));
        SampleRequest near = SampleRequest.from("2001:db8::6666").path("/a");
        assertThat(partition.clientOf(near)).isEqualTo("2001:db8::6666/128+" + hash("path", "/a"));
    }

    @Test
    void keepsWhatAClientSendsApartFromEveryOtherKind() {
        for (String forged : List.of("203.0.113.7", "all", "unknown", hash("principal", "alice"), "203.0.113.7+x")) {
            SampleRequest request = bare().header("X-API-Key", forged).cookie("id", forged);
            assertThat(partition("header:X-API-Key").clientOf(request))
                    .hasSize(KeyHash.LENGTH)
                    .isNotEqualTo(forged)
                    .isNotEqualTo(partition("cookie:id").clientOf(request));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'ip', false",
        "'all', false",
        "'principal', false",
        "'session', false",
        "'com.acme.TenantKey', false",
        "'header:X-API-Key', true",
        "'cookie:id', true",
        "'query:key', true",
        "'path', true",
        "'host', true",
        "'header:X-API-Key+path', true",
        "'header:X-API-Key+all', true",
        "'header:X-API-Key+ip', false",
        "'header:X-API-Key+principal', false",
        "'header:X-API-Key,ip', true",
        "'principal,ip', false",
        "'principal,header:X-API-Key', true",
        "'ip,header:X-API-Key', false",
    })
    void saysWhetherAClientCanInventAllOfIt(String expression, boolean forgeable) {
        assertThat(partition(expression).forgeable()).isEqualTo(forgeable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "ip,",
                ",ip",
                "+",
                "ip+",
                "+ip",
                "ip,,all",
                "ipp",
                "header",
                "header:",
                "header:X API",
                "header: X",
                "header:X:Y",
                "cookie:",
                "cookie:a=b",
                "query:",
                "query:ä",
                "heeder:X",
                "ip:1",
                "TenantKey",
                "com.",
                ".Key",
                "com..Key",
                "com.1Key",
                "com.acme.Key()",
                "com/acme.Key",
                "principal;session"
            })
    void refusesWhatItCannotRead(String expression) {
        assertThatThrownBy(() -> partition(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected ip, header:NAME, ")
                .hasMessageEndingWith("\" is none of these");
    }

    @Test
    void passesOnWhyACustomKeyIsRefused() {
        assertThatThrownBy(() -> Partition.parse("com.acme.Missing", PEER, HASH, name -> {
                    throw new IllegalArgumentException("no class " + name);
                }))
                .hasMessage("no class com.acme.Missing");
    }

    @Test
    void isWrittenAsItWasRead() {
        assertThat(partition("header:X-API-Key,ip")).hasToString("header:X-API-Key,ip");
    }
}

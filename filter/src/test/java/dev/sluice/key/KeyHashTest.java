package dev.sluice.key;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class KeyHashTest {

    private static final KeyHash PLAIN = KeyHash.plain();

    static Stream<List<List<String>>> looksAlike() {
        return Stream.of(
                List.of(List.of("a", "b"), List.of("ab"), List.of("ab", ""), List.of("", "ab"), List.of("b", "a")),
                List.of(List.of("header:a", "1"), List.of("header", "a1"), List.of("cookie:a", "1")),
                List.of(List.of(), List.of(""), List.of("", ""), List.of("\u0000"), List.of("\u0000\u0000")),
                List.of(List.of("a", "b", "c"), List.of("a", "\u0000\u0001bc"), List.of("a\u0000\u0001b", "c")),
                List.of(List.of("\uD800"), List.of("\uDC00"), List.of("?"), List.of("\uFFFD"), List.of("\uD800\uDC00")),
                List.of(List.of("é"), List.of("e\u0301"), List.of("Ã©"), List.of("É")));
    }

    @ParameterizedTest
    @MethodSource("looksAlike")
    void tellsListsApart(List<List<String>> lists) {
        assertThat(lists.stream().map(PLAIN::of)).doesNotHaveDuplicates();
        assertThat(lists.stream().map(KeyHash.keyed("secret")::of)).doesNotHaveDuplicates();
    }

    /** Short texts of few characters, cut at random: where an encoding is ambiguous, this finds it. */
    @Test
    void encodesNoTwoListsAlike() {
        Random random = new Random(5952);
        Map<String, List<String>> lists = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            List<String> list = IntStream.range(0, random.nextInt(4))
                    .mapToObj(text -> random.ints(random.nextInt(4), 0, 3)
                            .collect(StringBuilder::new, (to, c) -> to.append((char) c), StringBuilder::append)
                            .toString())
                    .toList();
            String encoded = HexFormat.of().formatHex(KeyHash.bytes(list));
            assertThat(lists.computeIfAbsent(encoded, none -> list)).isEqualTo(list);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 65536})
    void hasOneLengthAndAlphabet(int length) {
        assertThat(PLAIN.of(List.of("x".repeat(length)))).matches("[A-Za-z0-9_-]{22}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 63, 64, 65, 131, 1000})
    void isTheHmacOfThePlatformUnderASecret(int length) throws GeneralSecurityException {
        String secret = "k".repeat(length);
        byte[] message = KeyHash.bytes(List.of("header:x-api-key", "abc"));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(KeyHash.keyed(secret).digest(message)).isEqualTo(mac.doFinal(message));
    }

    @Test
    void differsBySecret() {
        List<String> texts = List.of("header:x-api-key", "abc");
        assertThat(Stream.of(PLAIN, KeyHash.keyed("a"), KeyHash.keyed("b")).map(hash -> hash.of(texts)))
                .doesNotHaveDuplicates();
    }

    @Test
    void isTheSameFromManyThreads() {
        List<String> texts = List.of("header:x-api-key", "abc");
        KeyHash hash = KeyHash.keyed("secret");
        assertThat(IntStream.range(0, 10_000)
                        .parallel()
                        .mapToObj(i -> hash.of(texts))
                        .distinct())
                .hasSize(1);
    }
}

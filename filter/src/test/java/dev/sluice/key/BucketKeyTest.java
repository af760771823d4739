package dev.sluice.key;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BucketKeyTest {

    @Test
    void isReadByAPerson() {
        assertThat(BucketKey.unnamed("203.0.113.7").text()).isEqualTo("rate_limit:203.0.113.7");
        assertThat(BucketKey.of("login", "2001:db8::/64").text()).isEqualTo("rate_limit:login:{2001:db8::/64}");
    }

    @Test
    void hasAPartThatAllClientsOfAPolicyShare() {
        assertThat(BucketKey.unnamed("2001:db8::1").withoutClient()).isEqualTo("rate_limit:");
        assertThat(BucketKey.of("login", "203.0.113.7").withoutClient()).isEqualTo("rate_limit:login:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\n", "ä", "a\"", "*", "a\u0000", "\uD800", "a@b", "a[b", "`", "\u2028"})
    void refusesWhatIsOutsideTheAlphabet(String client) {
        assertThatThrownBy(() -> BucketKey.unnamed(client)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void holdsTheLongestClientBesideTheLongestPolicy() {
        String client = "x".repeat(BucketKey.MAX_CLIENT_LENGTH);
        assertThat(BucketKey.of("p".repeat(32), client).text()).hasSize(96);
        assertThatThrownBy(() -> BucketKey.of("p".repeat(32), client + "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BucketKey("")).isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.sluice.key;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class PathReadingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/login", "/api/v1/users", "/a.b/c.json", "/~x/@me", "/größe"})
    void readsAPlainPathInOneWay(String path) {
        assertThat(PathReadings.of(path)).containsExactly(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "//login | //login /login",
                "/login/ | /login/ /login",
                "/login// | /login// /login",
                "/api///v1//x/ | /api///v1//x/ /api/v1/x",
                "// | // /",
                "/login;a=b | /login;a=b /login",
                "/login;a=b/x;c/ | /login;a=b/x;c/ /login;a=b/x;c /login/x",
                "/;a/login | /;a/login /login",
                "/x/..;/login | /x/..;/login /login",
                "/x/../login | /x/../login /login",
                "/../../login | /../../login /login",
                "/./login/. | /./login/. /login",
                "/.hidden | /.hidden",
                "/x\\login | /x\\login /x/login",
                "/%6cogin | /%6cogin /login",
                "/%256cogin | /%256cogin /%6cogin /login",
                "/x%2f..%2flogin | /x%2f..%2flogin /login",
                "/x/%2e%2e/login | /x/%2e%2e/login /login",
                "/login%3bx | /login%3bx /login",
                "/login%2F | /login%2F /login",
                "/%c3%bc | /%c3%bc /ü",
                "/100% | /100%",
                "/%zz%2 | /%zz%2",
                "login | login /login",
            })
    void readsOthersMoreAndMoreForgivingly(String path, String readings) {
        assertThat(PathReadings.of(path)).containsExactly(readings.split(" "));
        assertThat(PathReadings.of(PathReadings.mostForgiving(path))).hasSize(1);
    }

    @Test
    void readsAnEmptyPathAsTheRoot() {
        assertThat(PathReadings.of("")).containsExactly("", "/");
    }

    /** A million segments take a moment; the square of that would take a day. */
    @ParameterizedTest
    @ValueSource(strings = {"/a", "/..", "//", "/;", "/a;b", "\\", "%25", "/%2e"})
    void readsLongPathsInLinearTime(String piece) {
        String path = piece.repeat(1_000_000) + "%41";
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> PathReadings.of(path));
    }

    @Test
    void readsAnyTextWithoutAnException() {
        RandomText texts = new RandomText(17);
        for (int i = 0; i < 200_000; i++) {
            List<String> readings = PathReadings.of("/" + texts.next() + "/" + texts.next());
            assertThat(readings).hasSizeBetween(1, 6);
            assertThat(readings.subList(1, readings.size())).allMatch(reading -> reading.startsWith("/"));
        }
    }
}

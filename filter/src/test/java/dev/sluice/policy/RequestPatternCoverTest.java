package dev.sluice.policy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be said of a pattern without a request. */
class RequestPatternCoverTest {

    @ParameterizedTest
    @CsvSource({
        "/login,        /login",
        "/api/*,        /api/*",
        "/api/*,        /*",
        "/api/v1/*,     /api/*",
        "/api/v1,       /api/*",
        "/a/b.json,     *.json",
        "*.json,        *.json",
        "/login?next=x, /other",
        "/a;b=c,        /other",
        "/a/../b,       /other",
        "/a%20b/*,      /other",
        "/login#top,    /other"
    })
    void nothingMatchesWhatIsExceptedOrNoPathOfARequest(String paths, String except) {
        assertThat(pattern(paths, except, "").canMatch()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/login, /api/*", "/api/*, /api/health", "/*, /api/*", "*.json, /api/*", "/caf\u00e9/a b, /other"})
    void somethingMatchesTheRest(String paths, String except) {
        assertThat(pattern(paths, except, "").canMatch()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/*,     '',     '',       /login, '', POST",
        "/api/*, '',     '',       /api/v1/*, '', ''",
        "/api/*, /api/a, '',       /api/*, /api/*, ''",
        "/login, '',     POST,     /login, '', POST",
        "/login, '',     'GET,POST', /login, '', POST",
        "/login, '',     GET,      /login, '', HEAD"
    })
    void oneCoversAnother(String paths, String except, String methods, String p, String e, String m) {
        assertThat(pattern(paths, except, methods).covers(pattern(p, e, m))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login||GET", "/login|/login|", "/other||", "*.json||"})
    void oneDoesNotCoverAnother(String wide) {
        String[] parts = wide.split("\\|", -1);
        assertThat(pattern(parts[0], parts[1], parts[2]).covers(pattern("/login", "", "")))
                .isFalse();
    }

    private static RequestPattern pattern(String paths, String except, String methods) {
        return RequestPattern.of(list(paths), list(except), list(methods));
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }
}

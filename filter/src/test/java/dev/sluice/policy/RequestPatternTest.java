package dev.sluice.policy;

import dev.sluice.key.SampleRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RequestPatternTest {

    private static boolean matches(String paths, String except, String path) {
        return RequestPattern.of(words(paths), words(except), List.of()).matches(SampleRequest.of("GET", path));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "/login, /login, true",
        "/login, /login/x, false",
        "/login, /loginx, false",
        "/login, /Login, false",
        "/login, /, false",
        "/login, /x/login, false",
        "/api/*, /api, true",
        "/api/*, /api/, true",
        "/api/*, /api/x, true",
        "/api/*, /api/x/y.json, true",
        "/api/*, /apix, false",
        "/api/*, /x/api/y, false",
        "/api/v1/*, /api, false",
        "*.json, /a.json, true",
        "*.json, /a/b.c.json, true",
        "*.json, /.json, true",
        "*.json, /a.jsonx, false",
        "*.json, /a.json/b, false",
        "*.json, /ajson, false",
        "/*, /, true",
        "/*, /x/y, true",
        "/*, '', true",
        "/*, '*', true",
        "'', /x, true",
        "/, /, true",
        "/, '', true",
        "/, /x, false",
        "/login /api/*, /api/x, true",
        "/login /api/*, /x, false",
    })
    void governsByServletPatterns(String paths, String path, boolean governed) {
        assertThat(matches(paths, "", path)).isEqualTo(governed);
    }

    @ParameterizedTest
    @CsvSource({
        "/login, /login/",
        "/login, //login",
        "/login, //login//",
        "/login, /login;jsessionid=1",
        "/login, /login;a/",
        "/login, /x/..;/login",
        "/login, /x/../login",
        "/login, /./login",
        "/login, /%6cogin",
        "/login, /login%2F",
        "/login, /login%3Bx",
        "/login, /login%252F",
        "/login, \\login",
        "/login, login",
        "/login/, /login",
        "/login/, /login/",
        "/api/*, //api//x",
        "/api/*, /api;a=b/x",
        "/api/*, /api/..;/x",
        "/api/*, /api%2Fx",
        "/api/*, /api\\x",
        "/api//v1/*, /api/v1/x",
        "*.json, /a.json/",
        "*.json, /a.json;v=1",
        "*.json, /a;v=1.json",
        "/a;b, /a;b",
        "/a;b, //a;b/",
    })
    void governsEveryReadingOfAPath(String paths, String path) {
        assertThat(matches(paths, "", path)).isTrue();
    }

    /** The last column: what is charged. A path is excepted only if it is in every reading; charging too much is safe. */
    @ParameterizedTest
    @CsvSource({
        "/health, /health, false",
        "/health, /health/x, true",
        "/health, /health/, true",
        "/health, //health, true",
        "/health, /health;a, true",
        "/health/*, /health, false",
        "/health/*, /health/, false",
        "/health/*, /health/x, false",
        "/health/*, /health//x/, false",
        "/health/*, /health/x;a, false",
        "/health/*, /health/../login, true",
        "/health/*, /health/..;/login, true",
        "/health/*, /health/%2e%2e/login, true",
        "/health/*, /health/..%2flogin, true",
        "/health/*, /health/..\\login, true",
        "/health/*, //health/x, true",
        "*.css, /a.css, false",
        "*.css, /login;.css, true",
        "*.css, /login;a=b.css, true",
        "*.css, /login%3B.css, true",
        "*.css, /login/..;/a.css, false",
        "/*, /x, false",
    })
    void exceptsWhatIsExceptedInEveryReading(String except, String path, boolean governed) {
        assertThat(matches("/*", except, path)).isEqualTo(governed);
    }

    @Test
    void governsOnlyTheMethodsThatAreNamed() {
        RequestPattern posts = RequestPattern.of(List.of(), List.of(), Set.of("post"));
        assertThat(posts.matches(SampleRequest.of("POST", "/"))).isTrue();
        assertThat(posts.matches(SampleRequest.of("post", "/"))).isFalse();
        assertThat(posts.matches(SampleRequest.of("GET", "/"))).isFalse();
        assertThat(posts.matches(SampleRequest.of("", "/"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"GET, GET, true", "get, HEAD, true", "HEAD, HEAD, true", "HEAD, GET, false", "GET, OPTIONS, false"})
    void countsHeadAsGet(String methods, String method, boolean governed) {
        RequestPattern pattern = RequestPattern.of(List.of(), List.of(), List.of(methods));
        assertThat(pattern.matches(SampleRequest.of(method, "/"))).isEqualTo(governed);
    }

    @Test
    void governsEveryMethodWhereNoneIsNamed() {
        assertThat(RequestPattern.of(List.of("/*"), List.of(), List.of()).matches(SampleRequest.of("BREW", "/")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "login", "api/*", "*", "**", "*json", " /login", "http://x/*", "./x"})
    void refusesAPathThatBeginsWithNothingKnown(String path) {
        assertThatThrownBy(() -> RequestPattern.of(List.of(path), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + path + "\" begins with neither / nor *."
                        + "; expected a servlet pattern: /login, /api/*, *.json or /*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a*", "/*/b", "/a/*.json", "/api/**", "/*x", "/**", "*.", "*.*", "*.a*", "*.a/b", "*./*"})
    void refusesAnyOtherUseOfAStar(String path) {
        assertThatThrownBy(() -> RequestPattern.of(List.of(), List.of(path), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + path + "\"")
                .hasMessageEndingWith("expected a servlet pattern: /login, /api/*, *.json or /*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GE T", "GET,POST", "GÉT", "GET\n"})
    void refusesWhatIsNoMethod(String method) {
        assertThatThrownBy(() -> RequestPattern.of(List.of(), List.of(), List.of(method)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + method + "\" is no method; expected one such as GET or POST");
    }
}

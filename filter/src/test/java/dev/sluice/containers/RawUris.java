package dev.sluice.containers;

import java.util.List;
import java.util.stream.Stream;

/** Request targets as they go over the wire, a character a byte: what has slipped past some filter, somewhere. */
final class RawUris {

    private RawUris() {}

    /** @param host of the server asked, for absolute forms */
    static List<String> all(String host) {
        return Stream.of(
                        PLAIN,
                        PARAMETERS,
                        DOTS,
                        SLASHES,
                        ENCODED,
                        TWICE_ENCODED,
                        HOSTILE_BYTES,
                        SUFFIXES,
                        FORMS,
                        CONTEXT)
                .flatMap(List::stream)
                .map(uri -> uri.replace("{host}", host))
                .toList();
    }

    private static final List<String> PLAIN =
            List.of("/", "/login", "/admin", "/admin/", "/admin/a/b", "/data.json", "/public/data.json", "/public");

    private static final List<String> PARAMETERS = List.of(
            "/login;jsessionid=1",
            "/login;",
            "/login;x=1;y=2",
            "/login;/",
            "/;/login",
            "/;x=1/login",
            "/admin;x/secret",
            "/admin;/secret;y=2",
            "/data.json;x=1",
            "/data;x=.json",
            "/data.json;/..",
            "/public;/../login",
            "/public;/../admin/secret",
            "/public/..;/login",
            "/public/..;a=b/admin/secret",
            "/admin/..;/login",
            "/login;%2e%2e",
            "/login%3bx",
            "/login%3Bjsessionid=1",
            "/admin%3b/secret",
            "/public%3b/../login");

    private static final List<String> DOTS = List.of(
            "/./login",
            "/login/.",
            "/login/./",
            "/login/..",
            "/public/../login",
            "/public/../admin/secret",
            "/admin/../login",
            "/admin/./secret",
            "/../login",
            "/../../admin/x",
            "/public/.../login",
            "/%2e/login",
            "/%2e%2e/login",
            "/public/%2e%2e/login",
            "/public/%2E%2E/admin/secret",
            "/public/.%2e/login",
            "/public/%2e./admin/x",
            "/login/%2e",
            "/./././admin/x",
            "/.;/login",
            "/%2e;/login");

    private static final List<String> SLASHES = List.of(
            "//login",
            "///login",
            "/login/",
            "/login//",
            "//admin/secret",
            "/admin//secret",
            "//data.json",
            "/data.json/",
            "/public//../login",
            "/public/..//login",
            "/\\login",
            "\\login",
            "/public\\..\\login",
            "/public\\..\\admin\\secret",
            "/admin\\secret",
            "/login\\");

    private static final List<String> ENCODED = List.of(
            "/%6cogin",
            "/%6C%6F%67%69%6E",
            "/%61dmin/secret",
            "/data%2ejson",
            "/data.js%6fn",
            "/%2flogin",
            "/%2Flogin",
            "%2flogin",
            "/login%2f",
            "/admin%2fsecret",
            "/admin/%2f",
            "/admin/x%2fy",
            "/public%2f..%2flogin",
            "/public%2f%2e%2e%2fadmin%2fsecret",
            "/public/..%2flogin",
            "/public%2f../login",
            "/%5clogin",
            "/login%5c",
            "/admin%5csecret",
            "/public%5c..%5clogin",
            "/public/..%5cadmin/secret",
            "/public/%2e%2e%2fdata.json",
            "/login%20",
            "/login%09",
            "/login%3f",
            "/login%23",
            "/data.json%3fx",
            "/login%25");

    private static final List<String> TWICE_ENCODED = List.of(
            "/%256cogin",
            "/%252flogin",
            "/public/%252e%252e/login",
            "/public%252f..%252flogin",
            "/login%253bx",
            "/admin%255csecret",
            "/data%252ejson");

    private static final List<String> HOSTILE_BYTES = List.of(
            "/login%00",
            "/login%00.json",
            "/admin/%00",
            "/data.json%00",
            "/login\0",
            "/login%0d%0a",
            "/login%7f",
            "/login%ff",
            "/admin/%ff",
            "/admin/%c0%ae%c0%ae/x",
            "/%c0%aflogin",
            "/login%c2%a0",
            "/admin/%e2%82%ac",
            "/admin/\u00e9",
            "/login\u00ff",
            "/login\u0080",
            "/admin/%ed%a0%80",
            "/%ef%bc%8flogin",
            "/login%",
            "/login%2",
            "/login%zz",
            "/admin/%u002f",
            "/admin/{x}|\"<>^`",
            "/admin/" + "x".repeat(4_000));

    private static final List<String> SUFFIXES = List.of(
            "/LOGIN",
            "/Login",
            "/Admin/secret",
            "/data.JSON",
            "/login.json",
            "/admin.json",
            "/admin/data.json",
            "/.json",
            "/public/.json",
            "/login?x=1",
            "/login?/../public",
            "/public?/login",
            "/data.json?x=.html",
            "/login#x",
            "/login.",
            "/loginx",
            "/adminx/secret",
            "/login/x.json",
            "/data.json.html");

    private static final List<String> FORMS = List.of(
            "*",
            "login",
            "./login",
            "http://{host}/login",
            "HTTP://other.example/login",
            "http://{host}//login",
            "http://{host}/public/../login",
            "http://{host}/public;/../admin/secret",
            "http://{host}/%2e%2e/login",
            "http://user@{host}/login",
            "http://{host}",
            "http:///login",
            "http:/login",
            "https://{host}/login",
            "//{host}/login",
            "http://{host}/data.json;x=1");

    private static final List<String> CONTEXT = List.of(
            "/app/login",
            "/app;x=1/login",
            "/app/;x=1/login",
            "//app/login",
            "/app//login",
            "/./app/login",
            "/%61pp/login",
            "/app/../app/login",
            "/public/../app/admin/secret",
            "/app/%2e%2e/login",
            "/app/..;/login",
            "/app%2flogin",
            "/app\\login",
            "/app%5clogin",
            "/app/public;/../admin/secret",
            "/app/data.json;x",
            "/app/login/",
            "/app/");
}

package dev.sluice.key;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request for tests: {@code SampleRequest.from("203.0.113.7").header("X-API-Key", "abc")}. */
public final class SampleRequest implements RequestView {

    private final String peerAddress;
    private String method = "GET";
    private String path = "/";
    private String host = "localhost";
    private final Map<String, List<String>> headers = new HashMap<>();
    private final Map<String, String> others = new HashMap<>();

    private SampleRequest(String peerAddress) {
        this.peerAddress = peerAddress;
    }

    public static SampleRequest from(String peerAddress) {
        return new SampleRequest(peerAddress);
    }

    public static SampleRequest of(String method, String path) {
        SampleRequest request = from("203.0.113.7");
        request.method = method;
        request.path = path;
        return request;
    }

    public SampleRequest path(String path) {
        this.path = path;
        return this;
    }

    public SampleRequest host(String host) {
        this.host = host;
        return this;
    }

    public SampleRequest header(String name, String line) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), none -> new ArrayList<>())
                .add(line);
        return this;
    }

    public SampleRequest headers(String name, List<String> lines) {
        lines.forEach(line -> header(name, line));
        return this;
    }

    public SampleRequest cookie(String name, String value) {
        return other("cookie:" + name, value);
    }

    public SampleRequest query(String name, String value) {
        return other("query:" + name, value);
    }

    public SampleRequest principal(String name) {
        return other("principal", name);
    }

    public SampleRequest session(String id) {
        return other("session", id);
    }

    private SampleRequest other(String what, String value) {
        others.put(what, value);
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String peerAddress() {
        return peerAddress;
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(others.get("cookie:" + name));
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(others.get("query:" + name));
    }

    @Override
    public Optional<String> principal() {
        return Optional.ofNullable(others.get("principal"));
    }

    @Override
    public Optional<String> sessionId() {
        return Optional.ofNullable(others.get("session"));
    }

    @Override
    public String host() {
        return host;
    }
}

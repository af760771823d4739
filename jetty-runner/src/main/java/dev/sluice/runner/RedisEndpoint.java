package dev.sluice.runner;

import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a Redis listens, and who asks. Its text shows no secret. */
record RedisEndpoint(HostAndPort address, boolean tls, Optional<String> username, Optional<String> password) {

    static final int USUAL_PORT = 6379;

    private static final Pattern ADDRESS =
            Pattern.compile("(?:(?<scheme>(?i:rediss?))://(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?)?"
                    + "(?:\\[(?<v6>[0-9A-Fa-f:.%]+)]|(?<host>[\\w.-]+))(?::(?<port>[0-9]{1,5}))?(?<database>/[0-9]*)?");

    /** @return empty for what is not an address: the filter, which reads it too, tells what is wrong with it */
    static Optional<RedisEndpoint> parse(String text) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches() || parts.group("scheme") == null && parts.group("database") != null) {
            return Optional.empty();
        }
        int port = part(parts, "port").map(Integer::valueOf).orElse(USUAL_PORT);
        if (port < 1 || port > 65_535) {
            return Optional.empty();
        }
        String host = part(parts, "v6").orElseGet(() -> parts.group("host"));
        try {
            return Optional.of(new RedisEndpoint(
                    new HostAndPort(host, port),
                    "rediss".equalsIgnoreCase(parts.group("scheme")),
                    part(parts, "user").map(RedisEndpoint::decoded),
                    part(parts, "password").map(RedisEndpoint::decoded)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty(); // its message holds a part of the secret
        }
    }

    /** The same, asked by this user, unless the address names one. */
    RedisEndpoint as(Optional<String> otherUsername, Optional<String> otherPassword) {
        return new RedisEndpoint(address, tls, username.or(() -> otherUsername), password.or(() -> otherPassword));
    }

    JedisClientConfig client(int timeoutMillis) {
        DefaultJedisClientConfig.Builder client = DefaultJedisClientConfig.builder()
                .autoNegotiateProtocol(false) // one connection for one PING
                .connectionTimeoutMillis(timeoutMillis)
                .socketTimeoutMillis(timeoutMillis)
                .user(username.orElse(null))
                .password(password.orElse(null));
        if (tls) {
            client.sslOptions(
                    SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        return client.build();
    }

    /** A text that may be an address, without what may be a secret in it. */
    static String masked(String text) {
        int at = text.lastIndexOf('@');
        int start = text.contains("://") ? text.indexOf("://") + 3 : 0;
        return at < start ? text : text.substring(0, start) + "****" + text.substring(at);
    }

    @Override
    public String toString() {
        String host = address.getHost();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static Optional<String> part(Matcher parts, String name) {
        return Optional.ofNullable(parts.group(name)).filter(part -> !part.isEmpty());
    }

    /**
     * In a URI, unlike in a form, a plus is a plus.
     *
     * @throws IllegalArgumentException for what is not percent-encoded UTF-8
     */
    private static String decoded(String part) {
        String decoded = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        if (decoded.contains("\uFFFD")) { // stands for bytes that are not UTF-8
            throw new IllegalArgumentException();
        }
        return decoded;
    }
}

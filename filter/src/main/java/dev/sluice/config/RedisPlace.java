package dev.sluice.config;

import dev.sluice.store.redis.RedisAddress;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One item of {@code redis.address}, and all that it says: {@code host}, {@code host:port}, {@code [v6]:port}, or a URI.
 * Its text shows no secret.
 */
record RedisPlace(
        String host,
        Optional<Integer> port,
        Optional<Boolean> tls,
        Optional<Integer> database,
        Optional<String> username,
        Optional<String> password) {

    private static final Pattern ITEM = Pattern.compile(
            "(?:(?<scheme>rediss?)://(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?)?(?<authority>[^@/?#]*)"
                    + "(?<path>/(?<database>[0-9]{0,6}))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[(?<v6>[^\\[\\]]+)]|(?<name>[^:\\[\\]]+))(?::(?<port>[0-9]{1,5}))?");

    /** @param inUri whether it continues a URI, so that a database may end it: {@code redis://a:7000,b:7000/2} */
    static Optional<RedisPlace> parse(String text, boolean inUri) {
        Matcher item = ITEM.matcher(text);
        if (!item.matches() || item.group("scheme") == null && item.group("path") != null && !inUri) {
            return Optional.empty();
        }
        Optional<String> username = part(item, "user").flatMap(PercentCode::decode);
        Optional<String> password = part(item, "password").flatMap(PercentCode::decode);
        if (username.isEmpty() != part(item, "user").isEmpty()
                || password.isEmpty() != part(item, "password").isEmpty()) {
            return Optional.empty();
        }
        Matcher authority = AUTHORITY.matcher(item.group("authority"));
        if (!authority.matches()) {
            return Optional.empty();
        }
        Optional<Integer> port = part(authority, "port").map(Integer::valueOf);
        if (port.filter(number -> number < 1 || number > 65_535).isPresent()) {
            return Optional.empty();
        }
        return part(authority, "v6")
                .filter(HostName::isIpv6)
                .or(() -> part(authority, "name").filter(HostName::isValid))
                .map(host -> new RedisPlace(
                        host,
                        port,
                        part(item, "scheme")
                                .map(scheme -> scheme.toLowerCase(Locale.ROOT).equals("rediss")),
                        part(item, "database").map(Integer::valueOf),
                        username,
                        password));
    }

    private static Optional<String> part(Matcher text, String name) {
        return Optional.ofNullable(text.group(name)).filter(part -> !part.isEmpty());
    }

    RedisAddress address(int defaultPort) {
        return new RedisAddress(host, port.orElse(defaultPort));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host)
                + port.map(number -> ":" + number).orElse("");
    }
}

package dev.sluice.config;

import dev.sluice.store.redis.RedisAddress;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code redis.address} says: {@code host}, {@code host:port}, {@code [v6]:port}, or a URI, which may hold
 * credentials and a database as well. Its text shows no secret.
 */
record RedisLocation(
        RedisAddress address, boolean tls, int database, Optional<String> username, Optional<String> password) {

    static final Format<RedisLocation> FORMAT = new Format<>() {
        @Override
        public String expected() {
            return "host, host:port, [IPv6]:port or a redis:// or rediss:// URI, with a port from 1 to 65535";
        }

        @Override
        public RedisLocation read(String text) throws BadValueException {
            Optional<RedisLocation> location = parse(text);
            if (location.isPresent()) {
                return location.get();
            }
            throw hasPlainDelimiter(text)
                    ? bad("in a URI, the characters @ : / ? # % of a user name or password are percent-encoded,"
                            + " as %40 for @")
                    : bad();
        }
    };

    private static final Pattern URI = Pattern.compile(
            "(?<scheme>rediss?)://(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?(?<authority>[^@/?#]*)(?:/(?<database>[0-9]{0,6}))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[(?<v6>[^\\[\\]]+)]|(?<name>[^:\\[\\]]+))(?::(?<port>[0-9]{1,5}))?");

    private static Optional<RedisLocation> parse(String text) {
        if (!text.contains("://")) {
            return address(text)
                    .map(address -> new RedisLocation(address, false, 0, Optional.empty(), Optional.empty()));
        }
        Matcher uri = URI.matcher(text);
        if (!uri.matches()) {
            return Optional.empty();
        }
        Optional<String> username = part(uri, "user").flatMap(PercentCode::decode);
        Optional<String> password = part(uri, "password").flatMap(PercentCode::decode);
        if (username.isEmpty() != part(uri, "user").isEmpty()
                || password.isEmpty() != part(uri, "password").isEmpty()) {
            return Optional.empty();
        }
        boolean tls = uri.group("scheme").toLowerCase(Locale.ROOT).equals("rediss");
        int database = part(uri, "database").map(Integer::valueOf).orElse(0);
        return address(uri.group("authority"))
                .map(address -> new RedisLocation(address, tls, database, username, password));
    }

    /** Whether credentials hold a character that means something else in a URI. */
    private static boolean hasPlainDelimiter(String text) {
        int start = text.indexOf("://") + 3;
        int at = text.lastIndexOf('@');
        if (start < 3 || at < start) {
            return false;
        }
        String credentials = text.substring(start, at);
        return credentials.chars().anyMatch(character -> "@/?#".indexOf(character) >= 0)
                || PercentCode.decode(credentials).isEmpty();
    }

    private static Optional<String> part(Matcher uri, String name) {
        return Optional.ofNullable(uri.group(name)).filter(part -> !part.isEmpty());
    }

    private static Optional<RedisAddress> address(String text) {
        Matcher authority = AUTHORITY.matcher(text);
        if (!authority.matches()) {
            return Optional.empty();
        }
        String port = Optional.ofNullable(authority.group("port")).orElse("" + RedisAddress.DEFAULT_PORT);
        int number = Integer.parseInt(port);
        Optional<String> host = Optional.ofNullable(authority.group("v6"))
                .filter(HostName::isIpv6)
                .or(() -> Optional.ofNullable(authority.group("name")).filter(HostName::isValid));
        return number < 1 || number > 65_535 ? Optional.empty() : host.map(name -> new RedisAddress(name, number));
    }

    /**
     * A text given as {@code redis.address}, good or bad, without what is or might be a secret in it: all before the last
     * {@code @}, all after a {@code ?} or {@code #}, and in a URI what stands where a port should.
     */
    static String masked(String text) {
        int schemeEnd = text.contains("://") ? text.indexOf("://") + 3 : 0;
        String scheme = text.substring(0, schemeEnd);
        String rest = text.substring(schemeEnd);
        int at = rest.lastIndexOf('@');
        String place = rest.substring(at + 1).replaceFirst("(?s)([?#]).*", "$1****");
        if (schemeEnd > 0 && at < 0) {
            place = place.replaceFirst("(?s)^([^\\[\\]:/]*):(?![0-9]*(/|$)).*", "$1:****");
        }
        return scheme + (at < 0 ? "" : "****@") + place;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}

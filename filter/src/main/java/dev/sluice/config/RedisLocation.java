package dev.sluice.config;

import dev.sluice.store.redis.RedisAddress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What {@code redis.address} says: one place or several, separated by commas. What only some of them say holds for all,
 * so that {@code redis://app:secret@a:7000,b:7000} names two servers of one kind. Its text shows no secret.
 */
record RedisLocation(
        List<RedisPlace> places, boolean tls, int database, Optional<String> username, Optional<String> password) {

    static final Format<RedisLocation> FORMAT = new Format<>() {
        @Override
        public String expected() {
            return "host, host:port, [IPv6]:port or a redis:// or rediss:// URI, with a port from 1 to 65535, or several of"
                    + " these separated by commas";
        }

        @Override
        public RedisLocation read(String text) throws BadValueException {
            List<RedisPlace> places = RedisLocation.places(text);
            if (places.isEmpty()) {
                throw hasPlainDelimiter(text)
                        ? bad("in a URI, the characters @ : / ? # % of a user name or password are percent-encoded,"
                                + " as %40 for @")
                        : bad();
            }
            return new RedisLocation(
                    places,
                    same(places, RedisPlace::tls, "all of one list are redis://, or all are rediss://")
                            .orElse(false),
                    same(places, RedisPlace::database, "all of one list have the same database")
                            .orElse(0),
                    same(places, RedisPlace::username, "all of one list have the same user name"),
                    same(places, RedisPlace::password, "all of one list have the same password"));
        }

        private <T> Optional<T> same(List<RedisPlace> places, Function<RedisPlace, Optional<T>> part, String rule)
                throws BadValueException {
            List<T> said = places.stream()
                    .flatMap(place -> part.apply(place).stream())
                    .distinct()
                    .toList();
            if (said.size() > 1) {
                throw bad(rule);
            }
            return said.stream().findFirst();
        }
    };

    /** The first colon that begins no port, after whatever is no such colon. */
    private static final Pattern NO_PORT = Pattern.compile(
            "^((?:rediss?://|\\[[0-9A-F:.%]*]|[^:]|:(?=[0-9]*(?:[/,]|$)))*+):.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    RedisLocation {
        places = List.copyOf(places);
    }

    List<RedisAddress> addresses(int defaultPort) {
        return places.stream().map(place -> place.address(defaultPort)).toList();
    }

    /** None if one of them cannot be read. A comma may also stand in the credentials of a single URI. */
    private static List<RedisPlace> places(String text) {
        Optional<RedisPlace> single = RedisPlace.parse(text, false);
        if (single.isPresent()) {
            return List.of(single.get());
        }
        List<RedisPlace> places = new ArrayList<>();
        for (String item : items(text)) {
            Optional<RedisPlace> place = RedisPlace.parse(
                    item.strip(),
                    places.stream().anyMatch(former -> former.tls().isPresent()));
            if (place.isEmpty()) {
                return List.of();
            }
            places.add(place.get());
        }
        return places;
    }

    private static List<String> items(String text) {
        return List.of(text.split(",", -1));
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

    /**
     * A text given as {@code redis.address}, good or bad, without what is or might be a secret in it: all before the last
     * {@code @}, all after a {@code ?} or {@code #}, and in a URI all from where a port should stand and does not.
     */
    static String masked(String text) {
        if (RedisPlace.parse(text, false).isEmpty() && !places(text).isEmpty()) {
            return String.join(
                    ",", items(text).stream().map(RedisLocation::maskedItem).toList());
        }
        return maskedItem(text);
    }

    private static String maskedItem(String text) {
        int schemeEnd = text.contains("://") ? text.indexOf("://") + 3 : 0;
        String scheme = text.substring(0, schemeEnd);
        String rest = text.substring(schemeEnd);
        int at = rest.lastIndexOf('@');
        String place = rest.substring(at + 1).replaceFirst("(?s)([?#]).*", "$1****");
        if (schemeEnd > 0 && at < 0) {
            place = NO_PORT.matcher(place).replaceFirst("$1:****");
        }
        return scheme + (at < 0 ? "" : "****@") + place;
    }

    @Override
    public String toString() {
        return String.join(",", places.stream().map(RedisPlace::toString).toList());
    }
}

package dev.sluice.config;

/** A value as it may stand in a message or a log: in quotes, short, without secrets and control characters. */
final class Quoted {

    private static final int LONGEST = 100;

    private Quoted() {}

    static String value(Option<?> option, String value) {
        return '"' + bare(option, value) + '"';
    }

    /** The same without quotes. */
    static String bare(Option<?> option, String value) {
        if (option.is(Trait.SECRET)) {
            return "****";
        }
        return escaped(option.is(Trait.SECRET_WITHIN) ? RedisLocation.masked(value) : value);
    }

    static String escaped(String text) {
        return escaped(text, LONGEST);
    }

    /** At most so many characters of a text, in printable form. */
    static String escaped(String text, int longest) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().limit(longest).forEach(character -> append(escaped, character));
        return text.codePointCount(0, text.length()) > longest ? escaped + "…" : escaped.toString();
    }

    private static void append(StringBuilder escaped, int character) {
        switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> escaped.append(String.format("\\u%04x", character));
            default -> escaped.appendCodePoint(character);
        }
    }
}

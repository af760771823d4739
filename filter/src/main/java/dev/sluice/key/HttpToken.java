package dev.sluice.key;

/** The {@code token} of RFC 9110, section 5.6.2: methods, names of header fields and of cookies are tokens. */
public final class HttpToken {

    private HttpToken() {}

    /** Whether the whole text is a token. */
    public static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPart(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isPart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}

package dev.sluice.key;

import java.nio.charset.StandardCharsets;

/** Text in which some characters stand as {@code %2F}. */
final class PercentText {

    private PercentText() {}

    /** Decodes once, as UTF-8; a percent sign that no two hexadecimal digits follow stays. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[encoded.length];
        int length = 0;
        for (int i = 0; i < encoded.length; i++) {
            boolean escape = encoded[i] == '%'
                    && i + 2 < encoded.length
                    && Character.digit(encoded[i + 1], 16) >= 0
                    && Character.digit(encoded[i + 2], 16) >= 0;
            if (escape) {
                decoded[length++] =
                        (byte) (Character.digit(encoded[i + 1], 16) << 4 | Character.digit(encoded[i + 2], 16));
                i += 2;
            } else {
                decoded[length++] = encoded[i];
            }
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }
}

package dev.sluice.http;

import java.util.List;
import java.util.Locale;

/** What a client says of the media types it takes (RFC 9110 section 12.5.1), as far as a rejection needs it. */
final class Accept {

    private Accept() {}

    /**
     * Whether to answer in JSON: the client lists a JSON type, and at least as high as text. {@code *}{@code /*} alone
     * lists nothing, so it gets text.
     *
     * @param lines the lines of the field {@code Accept}, as received
     */
    static boolean prefersJson(List<String> lines) {
        double json = 0;
        double text = 0;
        double any = 0;
        boolean textListed = false;
        for (String line : lines) {
            for (String range : line.split(",")) {
                String[] parts = range.split(";", -1);
                String type = parts[0].strip().toLowerCase(Locale.ROOT);
                double quality = quality(parts);
                if (type.equals("application/json")
                        || type.equals("application/problem+json")
                        || type.equals("application/*")) {
                    json = Math.max(json, quality);
                } else if (type.startsWith("text/")) {
                    text = Math.max(text, quality);
                    textListed = true;
                } else if (type.equals("*/*")) {
                    any = Math.max(any, quality);
                }
            }
        }
        return json > 0 && json >= (textListed ? text : any);
    }

    /** 1 unless a parameter {@code q} says otherwise; what is not a number from 0 to 1 counts as 0. */
    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                return qualityValue(parameter.substring(2).strip());
            }
        }
        return 1;
    }

    private static double qualityValue(String text) {
        boolean wellFormed = !text.isEmpty()
                && text.length() <= 5
                && text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))
                && text.indexOf('.') == text.lastIndexOf('.')
                && !text.equals(".");
        double quality = wellFormed ? Double.parseDouble(text) : 0;
        return quality <= 1 ? quality : 0;
    }
}

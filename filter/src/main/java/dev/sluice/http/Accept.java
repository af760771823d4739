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
        Range json = new Range();
        Range application = new Range();
        Range text = new Range();
        Range any = new Range();
        for (String line : lines) {
            for (String range : line.split(",")) {
                String[] parts = range.split(";", -1);
                String type = parts[0].strip().toLowerCase(Locale.ROOT);
                if (type.equals("application/json") || type.equals("application/problem+json")) {
                    json.add(quality(parts));
                } else if (type.equals("application/*")) {
                    application.add(quality(parts));
                } else if (type.startsWith("text/")) {
                    text.add(quality(parts));
                } else if (type.equals("*/*")) {
                    any.add(quality(parts));
                }
            }
        }
        double forJson = json.listed ? json.quality : application.quality;
        return forJson > 0 && forJson >= (text.listed ? text.quality : any.quality);
    }

    /** What is said of a range, the most favourable if it is said twice. */
    private static final class Range {
        boolean listed;
        double quality;

        void add(double quality) {
            listed = true;
            this.quality = Math.max(this.quality, quality);
        }
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

package dev.sluice.runner;

import java.util.Arrays;

/** A colour as a browser computes it, with parts from 0 to 255. */
record Colour(double red, double green, double blue) {

    /** {@code rgb(16, 32, 58)}, with an opacity or without. */
    static Colour parse(String text) {
        double[] parts = Arrays.stream(text.replaceAll("[^\\d.,]", "").split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new Colour(parts[0], parts[1], parts[2]);
    }

    /** As WCAG 2 defines it, from 0 (black) to 1 (white). */
    double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    /** As WCAG 2 defines it, from 1 to 21; text should have 4.5. */
    double contrastTo(Colour other) {
        double darker = Math.min(luminance(), other.luminance());
        double lighter = Math.max(luminance(), other.luminance());
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double linear(double part) {
        double share = part / 255;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}

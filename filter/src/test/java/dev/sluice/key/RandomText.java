package dev.sluice.key;

import java.util.Random;

/** Texts that parsers choke on: pieces of what they expect, in an order they do not. Confined to one thread. */
final class RandomText {

    private static final String[] PIECES = {
        ",",
        ", ",
        ";",
        "=",
        "\"",
        "\\",
        ":",
        "::",
        "[",
        "]",
        "%",
        ".",
        "/",
        " ",
        "\t",
        "for=",
        "For=\"",
        "by=",
        "proto=https",
        "unknown",
        "_obf",
        "10.0.0.1",
        "203.0.113.7",
        "::1",
        "2001:db8::",
        "::ffff:",
        "ffff",
        "0",
        "1",
        "255",
        "256",
        "65536",
        "99999",
        "é",
        "\uD800",
        "\uDC00",
        "\u0000",
        "\r\n",
        "２",
        "/*",
        "*.",
        "..",
        "%2f",
        "%252e",
        "%"
    };

    private final Random random;

    RandomText(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
            text.append(random.nextInt(8) == 0 ? character() : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** Of any length up to {@code most} and any characters, surrogates without their other half too. */
    String noise(int most) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            text.append(character());
        }
        return text.toString();
    }

    private String character() {
        return String.valueOf((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10000)));
    }
}

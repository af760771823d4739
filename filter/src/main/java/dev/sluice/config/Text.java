package dev.sluice.config;

import java.util.regex.Pattern;

/**
 * A text of a given shape.
 *
 * @param expected completes "expected …"
 * @param shape that the whole text must have
 */
record Text(String expected, Pattern shape) implements Format<String> {

    /** Anything without control characters. */
    static Text printable(String what, int most) {
        return new Text(
                what + " of at most " + most + " characters, none a control character",
                "[^\\p{Cntrl}]{1," + most + "}");
    }

    Text(String expected, String shape) {
        this(expected, Pattern.compile(shape));
    }

    @Override
    public String read(String text) throws BadValueException {
        if (!shape.matcher(text).matches()) {
            throw bad();
        }
        return text;
    }
}

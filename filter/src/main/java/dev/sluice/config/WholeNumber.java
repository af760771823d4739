package dev.sluice.config;

import java.util.regex.Pattern;

/** A number in plain digits: no sign, no decimals, no exponent. */
record WholeNumber(long least, long most) implements Format<Long> {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    @Override
    public String expected() {
        return "a whole number from " + least + " to " + most;
    }

    @Override
    public Long read(String text) throws BadValueException {
        if (!DIGITS.matcher(text).matches()) {
            throw bad();
        }
        long number = Long.parseLong(text);
        if (number < least || number > most) {
            throw bad();
        }
        return number;
    }
}

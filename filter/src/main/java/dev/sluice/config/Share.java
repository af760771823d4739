package dev.sluice.config;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** A part of a whole: {@code 0.25}. */
record Share() implements Format<BigDecimal> {

    private static final Pattern DECIMAL = Pattern.compile("[0-9](?:\\.[0-9]{1,6})?");

    @Override
    public String expected() {
        return "a decimal more than 0 to 1 with at most 6 decimals, such as 1, 0.5 or 0.25";
    }

    @Override
    public BigDecimal read(String text) throws BadValueException {
        if (!DECIMAL.matcher(text).matches()) {
            throw bad();
        }
        BigDecimal share = new BigDecimal(text);
        if (share.signum() == 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw bad();
        }
        return share;
    }
}

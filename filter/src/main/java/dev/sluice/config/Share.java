package dev.sluice.config;

import dev.sluice.limiter.LocalShare;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** A part of the limit, {@code 0.25}, as the nearest of 1, 1/2, 1/3, …: {@code 0.33} is a third. */
record Share() implements Format<LocalShare> {

    private static final Pattern DECIMAL = Pattern.compile("[0-9](?:\\.[0-9]{1,6})?");

    @Override
    public String expected() {
        return "a decimal more than 0 to 1 with at most 6 decimals, such as 1, 0.5 or 0.25";
    }

    @Override
    public LocalShare read(String text) throws BadValueException {
        if (!DECIMAL.matcher(text).matches()) {
            throw bad();
        }
        BigDecimal share = new BigDecimal(text);
        if (share.signum() == 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw bad();
        }
        long servers = BigDecimal.ONE.divide(share, 0, RoundingMode.DOWN).longValueExact();
        return new LocalShare(isBeyondMiddle(share, servers) ? servers : servers + 1);
    }

    /** Whether the share is nearer to 1/servers than to 1/(servers + 1): 2 * share * n * (n + 1) > 2n + 1. */
    private static boolean isBeyondMiddle(BigDecimal share, long servers) {
        BigDecimal twice = share.multiply(BigDecimal.valueOf(2 * servers)).multiply(BigDecimal.valueOf(servers + 1));
        return twice.compareTo(BigDecimal.valueOf(2 * servers + 1)) > 0;
    }
}

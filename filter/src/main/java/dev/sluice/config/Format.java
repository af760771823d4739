package dev.sluice.config;

/** How the value of an option is written. Safe for use by many threads. */
interface Format<T> {

    /** Completes "expected …": {@code a whole number from 1 to 1000}. */
    String expected();

    /**
     * Reads a value.
     *
     * @param text stripped and not empty
     */
    T read(String text) throws BadValueException;

    /** What there is to say of a text that is none of these. */
    default BadValueException bad() {
        return new BadValueException("expected " + expected());
    }

    /** The same of one that looks right, with the rule that it breaks. */
    default BadValueException bad(String rule) {
        return new BadValueException("expected " + expected() + "; " + rule);
    }
}

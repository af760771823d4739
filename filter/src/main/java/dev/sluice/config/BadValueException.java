package dev.sluice.config;

/** A text is not a value of its option. The message completes "…: ", and shows no secret. */
final class BadValueException extends Exception {

    private static final long serialVersionUID = 1L;

    BadValueException(String message) {
        super(message, null, false, false);
    }
}

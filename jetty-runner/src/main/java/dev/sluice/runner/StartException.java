package dev.sluice.runner;

/** The run ends before it began. Its message is all that a person needs to read: no stack trace is shown. */
final class StartException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int MISTAKEN_ARGUMENT = 2;
    private static final int NO_START = 1;

    private final int status;

    private StartException(int status, String message) {
        super(message);
        this.status = status;
    }

    StartException(String message) {
        this(NO_START, message);
    }

    static StartException argument(String message) {
        return new StartException(MISTAKEN_ARGUMENT, message + "; --help tells more");
    }

    /** The exit status of the JVM. */
    int status() {
        return status;
    }
}

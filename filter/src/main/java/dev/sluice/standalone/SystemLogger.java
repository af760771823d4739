package dev.sluice.standalone;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger of slf4j that is the {@link java.lang.System.Logger} of the same name. Safe for use by many threads. */
final class SystemLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    private final transient System.Logger logger; // slf4j reads a logger anew by its name

    SystemLogger(String name) {
        this.name = name;
        this.logger = System.getLogger(name);
    }

    @Override
    public boolean isTraceEnabled() {
        return logger.isLoggable(System.Logger.Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return logger.isLoggable(System.Logger.Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return logger.isLoggable(System.Logger.Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return logger.isLoggable(System.Logger.Level.WARNING);
    }

    @Override
    public boolean isErrorEnabled() {
        return logger.isLoggable(System.Logger.Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null; // a System.Logger has no use for it
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        logger.log(levelOf(level), MessageFormatter.basicArrayFormat(pattern, arguments), thrown);
    }

    private static System.Logger.Level levelOf(Level level) {
        return switch (level) {
            case TRACE -> System.Logger.Level.TRACE;
            case DEBUG -> System.Logger.Level.DEBUG;
            case INFO -> System.Logger.Level.INFO;
            case WARN -> System.Logger.Level.WARNING;
            case ERROR -> System.Logger.Level.ERROR;
        };
    }
}

package dev.sluice.faults;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What {@code dev.sluice} logs while this is open. Safe for use by many threads. */
public final class LogLines extends Handler implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger("dev.sluice");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    public static LogLines capture() {
        LogLines lines = new LogLines();
        LOGGER.addHandler(lines);
        return lines;
    }

    /** {@code LEVEL text}. */
    public List<String> all() {
        return List.copyOf(lines);
    }

    public List<String> containing(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    @Override
    public void publish(LogRecord record) {
        Object[] parameters = record.getParameters();
        String text = parameters == null || parameters.length == 0
                ? record.getMessage()
                : MessageFormat.format(record.getMessage(), parameters);
        lines.add(record.getLevel() + " " + text);
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        LOGGER.removeHandler(this);
    }
}

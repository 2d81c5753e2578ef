package io.tailrace.server;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Gathers what a logger says while it is open. */
public final class LoggedLines extends Handler implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger; // held: loggers that nobody holds forget their handlers

    /** Of the logger with that name. */
    public LoggedLines(String name) {
        logger = Logger.getLogger(name);
        logger.addHandler(this);
    }

    /** What it said so far. */
    public List<String> all() {
        return lines;
    }

    @Override
    public void publish(LogRecord entry) {
        Object[] parameters = entry.getParameters();
        lines.add(
                parameters == null
                        ? entry.getMessage()
                        : MessageFormat.format(entry.getMessage(), parameters));
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}

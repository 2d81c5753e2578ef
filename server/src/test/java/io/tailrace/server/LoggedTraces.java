package io.tailrace.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Gathers what is logged with a stack trace while it is open. */
final class LoggedTraces extends Handler implements AutoCloseable {

    private final List<String> traces = new CopyOnWriteArrayList<>();

    LoggedTraces() {
        Logger.getLogger("").addHandler(this);
    }

    List<String> all() {
        return traces;
    }

    @Override
    public void publish(LogRecord record) {
        // An exporter of a test before may find out only now that its collector is gone.
        boolean late = String.valueOf(record.getLoggerName()).startsWith("io.opentelemetry.");
        if (record.getThrown() != null && !late) {
            traces.add(record.getLoggerName() + ": " + record.getMessage() + record.getThrown());
        }
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}

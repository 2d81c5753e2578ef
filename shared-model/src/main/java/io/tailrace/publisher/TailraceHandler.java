package io.tailrace.publisher;

import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * A handler for {@code java.util.logging} that publishes every record on {@code
 * logs:workspace:workflow}.
 *
 * <pre>{@code
 * handlers = java.util.logging.ConsoleHandler, io.tailrace.publisher.TailraceHandler
 * io.tailrace.publisher.TailraceHandler.url = http://127.0.0.1:8787
 * io.tailrace.publisher.TailraceHandler.workspace = acme
 * io.tailrace.publisher.TailraceHandler.workflow = orders
 * }</pre>
 *
 * <p>What is not set there comes from system properties ({@code tailrace.workspace}) or the
 * environment ({@code TAILRACE_WORKSPACE}), see {@link PublisherSettings#fromEnvironment}; so does
 * the token. {@code level} works as for other handlers. Run, task and attempt come from {@link
 * LogContext} or are set. Who logs never waits, unless {@code whenFull} says so. Troubles go to the
 * error manager, never into the log; its own lines and those of the HTTP client are passed over.
 */
public final class TailraceHandler extends Handler {

    private final SimpleFormatter messages = new SimpleFormatter(); // only for its words
    private volatile @Nullable LogLines lines;

    /** As {@code logging.properties} say; what is wrong there is told to the error manager. */
    public TailraceHandler() {
        this(configured(LogManager.getLogManager()));
    }

    private TailraceHandler(Map<Option, String> configured) {
        super.setLevel(level(LogManager.getLogManager()));
        try {
            lines = LogLines.own(Options.ofProcess(configured::get), listener());
        } catch (IllegalArgumentException e) {
            warn("TailraceHandler does not publish: " + e.getMessage());
        }
    }

    /**
     * Through a publisher of the program, which stays open.
     *
     * @throws IllegalArgumentException when these cannot be names
     */
    public TailraceHandler(Publisher publisher, String workspace, String workflow) {
        Map<Option, String> named = Map.of(Option.WORKSPACE, workspace, Option.WORKFLOW, workflow);
        lines = LogLines.through(publisher, Options.ofProcess(named::get));
    }

    private static Map<Option, String> configured(LogManager manager) {
        Map<Option, String> configured = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            String value =
                    manager.getProperty(TailraceHandler.class.getName() + "." + option.word());
            if (value != null) {
                configured.put(option, value);
            }
        }
        return configured;
    }

    private static java.util.logging.Level level(LogManager manager) {
        String text = manager.getProperty(TailraceHandler.class.getName() + ".level");
        try {
            return text == null
                    ? java.util.logging.Level.ALL
                    : java.util.logging.Level.parse(text.strip());
        } catch (IllegalArgumentException e) {
            return java.util.logging.Level.ALL;
        }
    }

    private LineListener listener() {
        return new LineListener(this::warn, _ -> {});
    }

    private void warn(String sentence) {
        reportError(sentence, null, ErrorManager.GENERIC_FAILURE);
    }

    @Override
    public void publish(@Nullable LogRecord line) {
        LogLines to = lines;
        if (to == null || line == null || !isLoggable(line) || to.own(line.getLoggerName())) {
            return;
        }
        try {
            Throwable thrown = line.getThrown();
            to.publish(
                    time(line),
                    subject(to),
                    level(line.getLevel().intValue()),
                    messages.formatMessage(line),
                    line.getLoggerName(),
                    thread(line),
                    thrown == null ? null : Scope.stackTrace(thrown));
        } catch (RuntimeException e) {
            reportError(null, e, ErrorManager.FORMAT_FAILURE); // logging must not end a program
        }
    }

    private static Instant time(LogRecord line) {
        Instant time = line.getInstant();
        return time == null ? Instant.now() : time;
    }

    private static Subject subject(LogLines to) {
        Subject current = LogContext.current();
        return current == null
                ? to.subject(null, null, null)
                : to.subject(current.run(), current.task(), current.attempt());
    }

    /** As bridges to other loggers do: what is between two levels is the lower one. */
    private static Level level(int level) {
        if (level >= java.util.logging.Level.SEVERE.intValue()) {
            return Level.ERROR;
        }
        if (level >= java.util.logging.Level.WARNING.intValue()) {
            return Level.WARN;
        }
        if (level >= java.util.logging.Level.CONFIG.intValue()) {
            return Level.INFO;
        }
        return level >= java.util.logging.Level.FINE.intValue() ? Level.DEBUG : Level.TRACE;
    }

    private static String thread(LogRecord line) {
        Thread current = Thread.currentThread();
        return current.threadId() == line.getLongThreadID()
                ? current.getName()
                : "thread " + line.getLongThreadID();
    }

    /** What became of the lines; zeros when it does not publish. */
    public PublisherStats stats() {
        LogLines to = lines;
        return to == null ? PublisherStats.NONE : to.stats();
    }

    /** Waits until the gateway has what was published before, for as long as closing would. */
    @Override
    public void flush() {
        LogLines to = lines;
        if (to != null && !to.own(null)) {
            boolean _ = to.flush();
        }
    }

    /** Sends what waits. A publisher that was given stays open. */
    @Override
    public void close() {
        LogLines to = lines;
        lines = null;
        if (to != null && !to.close()) {
            warn("TailraceHandler was closed before the gateway had every line.");
        }
    }
}

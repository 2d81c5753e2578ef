package io.tailrace.publisher;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;

import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * A Logback appender that publishes every line on {@code logs:workspace:workflow}.
 *
 * <pre>{@code
 * <appender name="tailrace" class="io.tailrace.publisher.TailraceAppender">
 *   <url>http://127.0.0.1:8787</url>
 *   <workspace>acme</workspace>
 *   <workflow>orders</workflow>
 * </appender>
 * }</pre>
 *
 * <p>What is not set here comes from system properties ({@code tailrace.workspace}) or the
 * environment ({@code TAILRACE_WORKSPACE}), see {@link PublisherSettings#fromEnvironment}; so does
 * the token. Run, task and attempt come from {@link LogContext} or are set here. Lines wait in the
 * publisher's bounded memory, then in the spill folder if there is one, else they are dropped and
 * counted: who logs never waits. Stopping the appender sends what waits. Its own troubles go to
 * Logback's status list, never into the log.
 */
public final class TailraceAppender extends AppenderBase<ILoggingEvent> {

    // set before start, by Logback or by code
    private final Map<Option, String> configured = new EnumMap<>(Option.class);
    private @Nullable Publisher publisher;

    private volatile @Nullable LogLines lines; // not null while started

    /** An appender to be configured and started. */
    public TailraceAppender() {}

    @Override
    public void start() {
        try {
            Options options = Options.ofProcess(configured::get);
            Publisher given = publisher;
            lines =
                    given == null
                            ? LogLines.own(options, new LineListener(this::addWarn, this::addInfo))
                            : LogLines.through(given, options);
            super.start();
        } catch (IllegalArgumentException e) {
            addError("TailraceAppender cannot start: " + e.getMessage());
        }
    }

    /** Sends what waits, then stops. A publisher that was given stays open. */
    @Override
    public void stop() {
        LogLines started = lines;
        if (!isStarted() || started == null) {
            return;
        }
        super.stop();
        if (!started.close()) {
            addWarn("TailraceAppender stopped before the gateway had every line.");
        }
    }

    /** What became of the lines; zeros before the start. */
    public PublisherStats stats() {
        LogLines started = lines;
        return started == null ? PublisherStats.NONE : started.stats();
    }

    @Override
    protected void append(ILoggingEvent line) {
        LogLines to = lines;
        if (to == null || to.own(line.getLoggerName())) {
            return;
        }
        String error =
                line.getThrowableProxy() == null
                        ? null
                        : ThrowableProxyUtil.asString(line.getThrowableProxy());
        to.publish(
                time(line),
                subject(to, line),
                level(line),
                line.getFormattedMessage(),
                line.getLoggerName(),
                line.getThreadName(),
                error);
    }

    private static Subject subject(LogLines to, ILoggingEvent line) {
        Map<String, String> context = line.getMDCPropertyMap();
        String number = context.get(LogContext.ATTEMPT);
        boolean usable = number != null && number.matches("[1-9]\\d{0,5}");
        return to.subject(
                context.get(LogContext.RUN),
                context.get(LogContext.TASK),
                usable ? Integer.valueOf(number) : null);
    }

    private static Instant time(ILoggingEvent line) {
        Instant instant = line.getInstant();
        return instant == null ? Instant.ofEpochMilli(line.getTimeStamp()) : instant;
    }

    private static Level level(ILoggingEvent line) {
        return switch (line.getLevel().levelInt) {
            case ch.qos.logback.classic.Level.ERROR_INT -> Level.ERROR;
            case ch.qos.logback.classic.Level.WARN_INT -> Level.WARN;
            case ch.qos.logback.classic.Level.DEBUG_INT -> Level.DEBUG;
            case ch.qos.logback.classic.Level.TRACE_INT -> Level.TRACE;
            default -> Level.INFO;
        };
    }

    private void set(Option option, String value) {
        configured.put(option, value);
    }

    /** The gateway's address, such as {@code http://127.0.0.1:8787}. */
    public void setUrl(String url) {
        set(Option.URL, url);
    }

    /** The file with the token, read anew for each request. */
    public void setTokenFile(String file) {
        set(Option.TOKEN_FILE, file);
    }

    /** A file in PEM with the certificates to believe instead of the Java runtime's. */
    public void setCertificates(String pem) {
        set(Option.CERTIFICATES, pem);
    }

    /** The workspace of the lines. */
    public void setWorkspace(String workspace) {
        set(Option.WORKSPACE, workspace);
    }

    /** The workflow of the lines. */
    public void setWorkflow(String workflow) {
        set(Option.WORKFLOW, workflow);
    }

    /** The run of lines that no {@link LogContext} gives to another. */
    public void setRun(String run) {
        set(Option.RUN, run);
    }

    /** The task of lines that no {@link LogContext} gives to another. */
    public void setTask(String task) {
        set(Option.TASK, task);
    }

    /** How long stopping tries to deliver the lines that wait, in milliseconds; usually 10,000. */
    public void setMaxFlushTime(int milliseconds) {
        set(Option.CLOSE_TIMEOUT, milliseconds + "ms");
    }

    /** The folder where lines wait that the gateway does not take while it is away. */
    public void setSpillFolder(String folder) {
        set(Option.SPILL_FOLDER, folder);
    }

    /** The most bytes in that folder; usually 268,435,456. */
    public void setSpillBytes(String bytes) {
        set(Option.SPILL_BYTES, bytes);
    }

    /** The most bytes of memory for lines that wait; usually 16,777,216. */
    public void setMemoryBytes(String bytes) {
        set(Option.MEMORY_BYTES, bytes);
    }

    /** What happens when that is full: {@code drop}, or how long to wait, such as {@code 10s}. */
    public void setWhenFull(String policy) {
        set(Option.WHEN_FULL, policy);
    }

    /** The most lines in one request; usually 500. */
    public void setBatchEvents(String events) {
        set(Option.BATCH_EVENTS, events);
    }

    /** The most bytes in one request; usually 524,288. */
    public void setBatchBytes(String bytes) {
        set(Option.BATCH_BYTES, bytes);
    }

    /** How long a first line waits for company, such as {@code 50ms}. */
    public void setLinger(String time) {
        set(Option.LINGER, time);
    }

    /** The longest that a request may take, such as {@code 15s}. */
    public void setRequestTimeout(String time) {
        set(Option.REQUEST_TIMEOUT, time);
    }

    /** Publishes through this one, which stays the caller's, instead of a connection of its own. */
    public void setPublisher(Publisher publisher) {
        this.publisher = publisher;
    }
}

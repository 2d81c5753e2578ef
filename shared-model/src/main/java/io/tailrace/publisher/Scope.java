package io.tailrace.publisher;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Objects;

/** What a run and a task can both tell: events about a subject that may change. Thread-safe. */
abstract sealed class Scope permits RunScope, TaskScope {

    private final Publisher publisher;

    Scope(Publisher publisher) {
        this.publisher = publisher;
    }

    abstract Subject subject();

    /** A log line. */
    public void log(Level level, String message) {
        log(level, message, null);
    }

    /** A log line with the stack trace of what went wrong. */
    public void log(Level level, String message, @Nullable Throwable error) {
        String trace = error == null ? null : stackTrace(error);
        publish(new Event.Log(header(logs()), level, message, null, trace));
    }

    /**
     * A measured value.
     *
     * @param unit such as {@code rows/s}, {@code ms}, {@code By}
     */
    public void metric(String name, double value, @Nullable String unit) {
        Channel metrics = Channel.metrics(workspace());
        publish(new Event.Metric(header(metrics), name, value, unit));
    }

    /** Something worth knowing about what is going on, in Markdown. */
    public void explain(String title, String content) {
        publish(new Event.Educational(runsHeader(), title, content));
    }

    final void status(String state, @Nullable String message) {
        publish(new Event.Status(runsHeader(), state, message, null));
    }

    final void publish(Event.Published event) {
        publisher.publish(event);
    }

    final Publisher publisher() {
        return publisher;
    }

    final Header runsHeader() {
        return header(Channel.runs(workspace(), workflow()));
    }

    private Channel logs() {
        return Channel.logs(workspace(), workflow());
    }

    private Header header(Channel channel) {
        return Header.of(channel, Instant.now(), subject());
    }

    private String workspace() {
        return Objects.requireNonNull(subject().workspace());
    }

    private String workflow() {
        return Objects.requireNonNull(subject().workflow());
    }

    /** Progress as the wire wants it: 0 to 100. */
    static double percent(double progress) {
        return Double.isNaN(progress) ? 0 : Math.clamp(progress, 0, 100);
    }

    /** What went wrong in one line, never empty. */
    static String sentence(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
    }

    static String stackTrace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

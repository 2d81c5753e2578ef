package io.tailrace.publisher;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a logger's lines become and where they go: common to what hangs on the loggers. Thread-safe.
 */
final class LogLines {

    /** Whose lines would be about sending lines. */
    private static final String[] OWN_LOGGERS = {
        "io.tailrace.publisher",
        "io.tailrace.client",
        "jdk.httpclient",
        "jdk.internal.httpclient",
        "java.net.http",
        "sun.net.www.protocol.http"
    };

    private final Channel channel;
    private final String workspace;
    private final String workflow;
    private final @Nullable String run;
    private final @Nullable String task;
    private final Publisher publisher;
    private final boolean owned;
    private final Duration flushTime;

    private LogLines(Options options, Publisher publisher, boolean owned) {
        this.workspace = needed(options, Option.WORKSPACE);
        this.workflow = needed(options, Option.WORKFLOW);
        this.channel = Channel.logs(workspace, workflow);
        this.run = options.text(Option.RUN).orElse(null);
        this.task = options.text(Option.TASK).orElse(null);
        this.publisher = publisher;
        this.owned = owned;
        this.flushTime = publisher.settings().closeTimeout();
    }

    /**
     * Through a publisher of their own. It never holds up who logs, where nothing else is said.
     *
     * @throws IllegalArgumentException with a sentence that says what is missing or wrong
     */
    static LogLines own(Options options, PublishListener listener) {
        String workspace = needed(options, Option.WORKSPACE);
        Channel _ = Channel.logs(workspace, needed(options, Option.WORKFLOW)); // before it starts
        PublisherSettings named = options.settings();
        boolean said = options.text(Option.WHEN_FULL).isPresent();
        PublisherSettings settings =
                said ? named : named.withMemory(named.memoryBytes(), new WhenFull.DropAndReport());
        return new LogLines(options, new Publisher(settings, listener), true);
    }

    /** Through a publisher of the program, which stays the program's. */
    static LogLines through(Publisher publisher, Options options) {
        return new LogLines(options, publisher, false);
    }

    private static String needed(Options options, Option option) {
        Optional<String> text = options.text(option);
        return text.orElseThrow(() ->
                new IllegalArgumentException(
                        "Nobody says which %s the lines belong to: set %s, the system property %s or the variable %s."
                                .formatted(
                                        option.word(),
                                        option.word(),
                                        option.property(),
                                        option.variable())));
    }

    /** Whether a line is not to be published: it would be about publishing. */
    boolean own(@Nullable String logger) {
        if (publisher.sending()) {
            return true;
        }
        if (logger != null) {
            for (String name : OWN_LOGGERS) {
                if (logger.startsWith(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** About a run and a task, or else about those that are configured. */
    Subject subject(@Nullable String inRun, @Nullable String inTask, @Nullable Integer attempt) {
        return new Subject(
                workspace,
                workflow,
                inRun == null ? run : inRun,
                inTask == null ? task : inTask,
                attempt,
                null);
    }

    void publish(
            Instant time,
            Subject subject,
            Level level,
            @Nullable String text,
            @Nullable String logger,
            @Nullable String thread,
            @Nullable String error) {
        Header header =
                new Header(channel, time, subject, Map.of("thread", thread == null ? "" : thread));
        String message = text == null ? "null" : text;
        publisher.publish(new Event.Log(header, level, message, logger, error));
    }

    PublisherStats stats() {
        return publisher.stats();
    }

    /** Sends what waits; whether the gateway has everything. */
    boolean flush() {
        return publisher.flush(flushTime);
    }

    /** Sends what waits, and closes a publisher of its own; whether nothing is left. */
    boolean close() {
        if (!owned) {
            return flush();
        }
        publisher.close();
        return true; // its listener was told otherwise
    }
}

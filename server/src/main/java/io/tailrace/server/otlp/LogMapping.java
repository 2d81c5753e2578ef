package io.tailrace.server.otlp;

import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes log events of log records. */
final class LogMapping {

    private static final int FATAL = 21;
    private static final int ERROR = 17;
    private static final int WARN = 13;
    private static final int INFO = 9;
    private static final int DEBUG = 5;

    private LogMapping() {}

    static Event.Log event(Place place, Scope scope, LogRecord log, Instant now) {
        Subject subject = place.subject(log.attributes);
        Map<String, @Nullable Object> fields = log.attributes;
        Runs.remove(fields, subject);
        String error = Failure.trace(fields);
        Failure.removeTrace(fields);
        Level level = level(log);
        Texts.putSome(fields, "trace_id", log.trace);
        Texts.putSome(fields, "span_id", log.span);
        Texts.putSome(fields, "event_name", log.event);
        Texts.putSome(fields, "severity", severity(log, level));
        if (log.dropped > 0) {
            Texts.put(fields, "dropped_attributes", log.dropped);
        }
        around(fields, place, scope);
        Header header =
                Header.of(place.logs(), Times.instant(log.time, now), subject).withFields(fields);
        String logger = scope.name().isEmpty() ? null : scope.name();
        return new Event.Log(header, level, message(log, error), logger, error);
    }

    /** What stands once for many records. */
    static void around(Map<String, @Nullable Object> fields, Place place, Scope scope) {
        if (!scope.version().isEmpty() || !scope.attributes().isEmpty()) {
            Map<String, @Nullable Object> told = new LinkedHashMap<>(scope.attributes());
            Texts.putSome(told, "version", scope.version());
            Texts.put(fields, "scope", told);
        }
        Texts.putSome(fields, "resource", place.resource());
    }

    private static Level level(LogRecord log) {
        int number = log.severity;
        if (number <= 0) {
            return Level.parse(log.severityText).orElse(Level.INFO);
        }
        return number >= ERROR
                ? Level.ERROR
                : number >= WARN
                        ? Level.WARN
                        : number >= INFO ? Level.INFO : number >= DEBUG ? Level.DEBUG : Level.TRACE;
    }

    /** The sender's own word where the level does not say as much. */
    private static @Nullable String severity(LogRecord log, Level level) {
        if (log.severityText.isEmpty()) {
            return log.severity >= FATAL ? "FATAL" : null;
        }
        return log.severityText.equalsIgnoreCase(level.name()) ? null : log.severityText;
    }

    private static String message(LogRecord log, @Nullable String error) {
        String body = Texts.of(log.body);
        if (!body.isEmpty() || (error == null && log.event.isEmpty())) {
            return body;
        }
        return error == null ? log.event : error.lines().findFirst().orElse("");
    }
}

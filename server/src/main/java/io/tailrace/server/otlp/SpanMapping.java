package io.tailrace.server.otlp;

import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.RunStatus;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes of a span what it is in a run. One without a parent that itself names its run <em>is</em>
 * the run; one that belongs to a run is a task, unless it is a call that a task makes; any other
 * one is a line in the log, so that nothing is lost.
 */
final class SpanMapping {

    private static final List<String> KINDS =
            List.of("", "internal", "server", "client", "producer", "consumer");
    private static final double MILLI = 1e6;

    private final Place place;
    private final Scope scope;
    private final Span span;
    private final Instant now;
    private final Subject subject;
    private final boolean runIsOwn;
    private final boolean taskIsOwn;

    private SpanMapping(Place place, Scope scope, Span span, Instant now) {
        this.place = place;
        this.scope = scope;
        this.span = span;
        this.now = now;
        this.runIsOwn = span.attributes.containsKey(Runs.RUN);
        this.taskIsOwn = span.attributes.containsKey(Runs.TASK);
        this.subject = place.subject(span.attributes);
    }

    /** The events that tell of it; they belong together. */
    static List<Event.Published> events(Place place, Scope scope, Span span, Instant now) {
        var mapping = new SpanMapping(place, scope, span, now);
        if (mapping.isRun()) {
            return mapping.run();
        }
        return mapping.isTask() ? mapping.task() : List.of(mapping.line());
    }

    private boolean isRun() {
        return subject.run() != null && span.parent == null && runIsOwn && !taskIsOwn;
    }

    private boolean isTask() {
        boolean ofLineage = place.joined() && place.subject().task() != null; // which tells its end
        if (subject.run() == null || (ofLineage && !taskIsOwn)) {
            return false;
        }
        boolean ownRun = runIsOwn || span.attributes.containsKey(Runs.LINEAGE_RUN);
        boolean call = span.kind == Span.CLIENT || span.kind == Span.PRODUCER;
        boolean nameable = subject.task() != null || Runs.name(span.name) != null;
        return nameable && (taskIsOwn || ownRun || (subject.task() == null && !call));
    }

    private List<Event.Published> run() {
        Long rows = Runs.rows(span.attributes);
        Header begin = header(subject, span.start, ids());
        Header end = header(subject, span.end, fields(false));
        String error = span.failed ? failure() : null;
        RunStatus state = span.failed ? RunStatus.FAILED : RunStatus.SUCCEEDED;
        return List.of(
                new Event.WorkflowStarted(begin, span.name, List.of(), null),
                new Event.WorkflowComplete(end, state, rows, null, error));
    }

    private List<Event.Published> task() {
        String name = subject.task() == null ? Runs.name(span.name) : subject.task();
        Subject task =
                new Subject(
                        subject.workspace(),
                        subject.workflow(),
                        subject.run(),
                        name,
                        subject.attempt(),
                        subject.step());
        Long rows = Runs.rows(span.attributes);
        Header begin = header(task, span.start, ids());
        String stack = stack();
        Header end = header(task, span.end, fields(span.failed && stack != null));
        return List.of(
                new Event.Progress(begin, null, null, null),
                span.failed
                        ? new Event.Failed(end, failure(), stack, false)
                        : new Event.Complete(end, rows, null));
    }

    private Event.Log line() {
        double millis = Math.max(0, span.end - span.start) / MILLI;
        String stack = stack();
        Map<String, @Nullable Object> fields = fields(stack != null);
        LogMapping.around(fields, place, scope);
        Header header =
                Header.of(place.logs(), Times.instant(span.end, now), subject).withFields(fields);
        String message =
                span.failed
                        ? "%s failed after %.1f ms: %s".formatted(span.name, millis, failure())
                        : "%s %.1f ms".formatted(span.name, millis);
        Level level = span.failed ? Level.ERROR : Level.TRACE;
        return new Event.Log(
                header, level, message, scope.name().isEmpty() ? null : scope.name(), stack);
    }

    private Header header(Subject about, long time, Map<String, @Nullable Object> fields) {
        return Header.of(place.runs(), Times.instant(time, now), about).withFields(fields);
    }

    private Map<String, @Nullable Object> ids() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Texts.putSome(fields, "trace_id", span.trace);
        Texts.putSome(fields, "span_id", span.id);
        return fields;
    }

    /**
     * What else there is to say.
     *
     * @param withoutStack whether the first stack trace stands elsewhere already
     */
    private Map<String, @Nullable Object> fields(boolean withoutStack) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(span.attributes);
        Runs.remove(fields, subject);
        Texts.putSome(fields, "trace_id", span.trace);
        Texts.putSome(fields, "span_id", span.id);
        Texts.putSome(fields, "parent_span_id", span.parent);
        if (span.kind > 0 && span.kind < KINDS.size()) {
            Texts.put(fields, "span_kind", KINDS.get(span.kind));
        }
        Texts.put(fields, "duration_ms", Math.max(0, span.end - span.start) / MILLI);
        happenings(fields, withoutStack);
        if (!span.links.isEmpty()) {
            List<Object> links = new ArrayList<>();
            for (Span.Link link : span.links) {
                Map<String, @Nullable Object> told = new LinkedHashMap<>();
                Texts.putSome(told, "trace_id", link.trace());
                Texts.putSome(told, "span_id", link.span());
                links.add(told);
            }
            Texts.put(fields, "links", links);
        }
        return fields;
    }

    private void happenings(Map<String, @Nullable Object> fields, boolean withoutStack) {
        List<Object> all = new ArrayList<>();
        boolean without = withoutStack;
        for (Span.Happening happening : span.happenings) {
            Map<String, @Nullable Object> told = new LinkedHashMap<>();
            told.put("name", happening.name());
            if (happening.time() != 0) {
                told.put("timestamp", Times.instant(happening.time()).toString());
            }
            Map<String, @Nullable Object> attributes = new LinkedHashMap<>(happening.attributes());
            if (without && Failure.trace(attributes) != null) {
                Failure.removeTrace(attributes);
                without = false;
            }
            attributes.forEach((name, value) -> Texts.put(told, name, value));
            all.add(told);
        }
        if (!all.isEmpty()) {
            Texts.put(fields, "events", all);
        }
    }

    private @Nullable String stack() {
        for (Span.Happening happening : span.happenings) {
            String trace = Failure.trace(happening.attributes());
            if (trace != null) {
                return trace;
            }
        }
        return null;
    }

    private String failure() {
        if (!span.status.isBlank()) {
            return span.status;
        }
        for (Span.Happening happening : span.happenings) {
            String line = Failure.line(happening.attributes());
            if (line != null) {
                return line;
            }
        }
        return "failed";
    }
}

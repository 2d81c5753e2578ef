package io.tailrace.server.redaction;

import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Walks over all that people wrote in an event. */
final class EventTexts {

    private static final String WORD = "redacted";
    private static final String OTHER_WORD = "redacted_by_gateway"; // when publishers use ours

    private EventTexts() {}

    /**
     * The event with its texts masked. Names of channels, runs and tasks stay: they are how things
     * are found again.
     */
    static Event.Published mask(Event.Published event, Masking m) {
        Header h = header(event.header(), m);
        return switch (event) {
            case Event.Log e ->
                    new Event.Log(
                            h, e.level(), m.text(e.message()), e.logger(), m.orNull(e.error()));
            case Event.WorkflowStarted e ->
                    new Event.WorkflowStarted(h, m.orNull(e.message()), e.tasks(), e.retryOf());
            case Event.WorkflowProgress e ->
                    new Event.WorkflowProgress(h, e.progress(), m.orNull(e.message()));
            case Event.PartialResults e ->
                    new Event.PartialResults(h, e.rows(), m.orNull(e.message()));
            case Event.WorkflowComplete e ->
                    new Event.WorkflowComplete(
                            h, e.state(), e.rows(), m.orNull(e.message()), m.orNull(e.error()));
            case Event.Progress e ->
                    new Event.Progress(h, e.progress(), e.rows(), m.orNull(e.message()));
            case Event.Complete e -> new Event.Complete(h, e.rows(), m.orNull(e.message()));
            case Event.Failed e ->
                    new Event.Failed(h, m.text(e.error()), m.orNull(e.stackTrace()), e.willRetry());
            case Event.Status e ->
                    new Event.Status(h, e.state(), m.orNull(e.message()), e.command());
            case Event.Educational e ->
                    new Event.Educational(h, m.orNull(e.message()), m.text(e.content()));
            case Event.Metric e -> new Event.Metric(h, e.name(), e.value(), e.unit());
            case Event.Alert e -> new Event.Alert(h, e.level(), m.text(e.message()), e.about());
            case Event.ChatQuestion e ->
                    new Event.ChatQuestion(h, e.conversation(), e.question(), m.text(e.message()));
            case Event.ChatResponse e ->
                    new Event.ChatResponse(
                            h,
                            e.conversation(),
                            e.question(),
                            e.part(),
                            m.text(e.message()),
                            e.citations(),
                            e.actions(),
                            e.partial(),
                            e.done());
            case Event.Command e -> new Event.Command(h, e.id(), e.verb(), m.orNull(e.message()));
            case Event.Other e -> new Event.Other(h, e.kind());
        };
    }

    private static Header header(Header header, Masking m) {
        Subject s = header.subject();
        String step = m.orNull(s.step());
        Subject subject =
                new Subject(s.workspace(), s.workflow(), s.run(), s.task(), s.attempt(), step);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(m.members(header.fields()));
        if (m.saying()) {
            fields.put(fields.containsKey(WORD) ? OTHER_WORD : WORD, List.copyOf(m.found()));
        }
        return Header.of(header.channel(), header.timestamp(), subject).withFields(fields);
    }
}
